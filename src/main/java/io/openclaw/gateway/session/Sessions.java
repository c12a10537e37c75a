package io.openclaw.gateway.session;

import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentLimits;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.Limits;
import io.openclaw.gateway.subscription.Encodings;
import io.openclaw.gateway.subscription.FanOuts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All sessions of this node, and the pumps that serve them. Thread-safe; bounded by {@link
 * SessionSettings#maxSessions()}.
 */
public final class Sessions {
  private final String node;
  private final SessionSettings settings;
  private final Spaces spaces;
  private final Supplier<String> ids;
  private final Seats seats;
  private final Map<String, ClientSession> byId = new ConcurrentHashMap<>();
  private final List<OutboundPump> pumps = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean draining;
  private volatile Consumer<ClientSession> atEnd = session -> {};
  private volatile Attendance attendance = Attendance.NOBODY;

  /** Of a log that is the only one, with the usual limits. */
  public Sessions(
      String node,
      SessionSettings settings,
      TopicLog log,
      int pumpCount,
      LongSupplier clockMillis,
      Supplier<String> ids,
      Rights rights) {
    this(
        node,
        settings,
        Spaces.of(log),
        pumpCount,
        clockMillis,
        ids,
        rights,
        CurrentLimits.only(Limits.DEFAULT));
  }

  /**
   * @param node names this node to clients
   * @param spaces whose publications they may subscribe to
   * @param pumpCount threads that will serve
   * @param clockMillis ms since the Unix epoch
   * @param ids makes a session's id, one that cannot be guessed
   * @param rights what sessions may do, whenever it is asked
   * @param limits how many sessions one user and one address may have
   */
  public Sessions(
      String node,
      SessionSettings settings,
      Spaces spaces,
      int pumpCount,
      LongSupplier clockMillis,
      Supplier<String> ids,
      Rights rights,
      CurrentLimits limits) {
    this.node = node;
    this.settings = settings;
    this.spaces = spaces;
    this.ids = ids;
    this.seats = new Seats(limits);
    List<Encodings> encodings = Encodings.of(spaces);
    for (int i = 0; i < pumpCount; i++) {
      FanOuts fanOuts = new FanOuts(spaces, encodings, settings.maxHistory());
      OutboundPump pump =
          new OutboundPump(
              fanOuts, clockMillis, rights, settings.outbound().flushDelay(), this::forget);
      pumps.add(pump);
      spaces.all().forEach(space -> space.log().listen(pump));
    }
  }

  /**
   * Has {@code listener} told of each session that has ended, once, by the pump that served it:
   * what it does must be quick.
   */
  public void atEnd(Consumer<ClientSession> listener) {
    atEnd = listener;
  }

  /** Has {@code listener} told of what sessions are subscribed to that are opened from now on. */
  public void attend(Attendance listener) {
    attendance = listener;
  }

  /** Starts the pumps, one thread each. */
  public void start(ThreadFactory factory) {
    for (OutboundPump pump : pumps) {
      Thread thread = factory.newThread(pump);
      threads.add(thread);
      thread.start();
    }
  }

  /** A session for a connection that was just opened; it is welcomed. */
  public ClientSession open(Transport transport, Caller caller) {
    OutboundPump pump = Collections.min(pumps, Comparator.comparingInt(OutboundPump::load));
    ClientSession session =
        new ClientSession(ids.get(), caller, transport, pump, settings, seats.take(caller));
    session.attendance(attendance);
    byId.put(session.id(), session);
    pump.add(session);
    session.send(welcome(session));
    session.endIfRevoked();
    if (draining) {
      session.disconnect(DisconnectReason.RESTART);
    } else if (session.seat().isTooMuch()) {
      session.disconnect(DisconnectReason.TOO_MANY_SESSIONS);
    }
    return session;
  }

  private ServerMessage welcome(ClientSession session) {
    Identity identity = session.identity();
    return new ServerMessage.Welcome(
        session.id(),
        node,
        settings.heartbeat().toMillis(),
        identity.isAnonymous() ? null : identity.user(),
        settings.maxMessageBytes(),
        settings.maxSubscriptions());
  }

  private void forget(ClientSession session) {
    byId.remove(session.id());
    session.seat().leave();
    atEnd.accept(session);
  }

  /** Why {@code who} gets no further session, in words for the client; empty if there is room. */
  public Optional<String> objection(Authenticated who) {
    return seats.objection(who);
  }

  /** Sessions that users and addresses have on other nodes are these, from now on. */
  public void elsewhere(SeatCounts counts) {
    seats.elsewhere(counts);
  }

  /**
   * Who has so many sessions here that other nodes should know.
   *
   * @param nodes how many there are, this one included
   * @param max users and addresses at most, of each
   */
  public SeatCounts toTell(int nodes, int max) {
    return seats.toTell(nodes, max);
  }

  /** Whether a new connection should be refused: no room, going down, or no log to read yet. */
  public boolean isFull() {
    return draining || isAnyLogUnread() || byId.size() >= settings.maxSessions();
  }

  private boolean isAnyLogUnread() {
    return spaces.all().stream().anyMatch(space -> space.log().epoch().isEmpty());
  }

  /** Lets nobody new in, until {@link #openDoors}. */
  public void closeDoors() {
    draining = true;
  }

  /** Lets clients in again. */
  public void openDoors() {
    draining = false;
  }

  /** What this node is called. */
  public String node() {
    return node;
  }

  /** Whether this node is sending its clients away. */
  public boolean isDraining() {
    return draining;
  }

  /** How many there are. */
  public int count() {
    return byId.size();
  }

  /** All sessions at this moment; unmodifiable. */
  public Collection<ClientSession> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** The session with this id. */
  public Optional<ClientSession> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Has every session's subscriptions checked again. */
  public void recheck() {
    byId.values().forEach(ClientSession::recheck);
  }

  /**
   * Takes no more sessions, says goodbye to all, and ends the pumps. Waits for {@code patience}.
   */
  public void stop(Duration patience) {
    draining = true;
    byId.values().forEach(session -> session.disconnect(DisconnectReason.RESTART));
    pumps.forEach(OutboundPump::stop);
    long deadline = System.nanoTime() + patience.toNanos();
    for (Thread thread : threads) {
      join(thread, deadline);
    }
  }

  private static void join(Thread thread, long deadline) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
      LockSupport.unpark(thread);
    }
  }
}
