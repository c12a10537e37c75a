package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentLimits;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.Limits;
import io.openclaw.gateway.subscription.ConflationKey;
import io.openclaw.gateway.subscription.InterestsBySpace;
import io.openclaw.gateway.subscription.Served;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.subscription.Subscriber;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connected client. What other threads ask of it is carried out, in order, by its pump; {@code
 * identity} and {@code heard} may be touched by any thread, everything else belongs to the pump.
 */
public final class ClientSession implements Subscriber, Transport.Completion, Authenticated {
  /** RFC 6455 §7.4.1: an unexpected condition. */
  private static final int SEND_FAILED = 1011;

  private final String id;
  private final String address;
  private final Transport transport;
  private final OutboundPump pump;
  private final SessionSettings settings;
  private final Seats.Seat seat;
  private final AtomicInteger pending = new AtomicInteger();
  private final Runnable afterWrite = this::written;
  private final long openedMillis;
  private volatile Identity identity;
  private volatile long heardMillis;
  private volatile boolean ending;

  /** When the message began of which parts have come and not the last; 0: there is none. */
  private volatile long begunMillis;

  // Confined to the pump from here on.
  private final InterestsBySpace interests = new InterestsBySpace(this);
  private final SubscriptionGate gate;
  private Attendance attendance = Attendance.NOBODY;
  private final OutboundQueue queue;
  private final Liveness liveness;
  private boolean writing;
  private boolean dirty;
  private @Nullable DisconnectReason leaving;
  private boolean closed;

  /** A session that nobody counts. */
  ClientSession(
      String id, Caller caller, Transport transport, OutboundPump pump, SessionSettings settings) {
    this(
        id,
        caller,
        transport,
        pump,
        settings,
        new Seats(CurrentLimits.only(Limits.DEFAULT)).take(caller));
  }

  ClientSession(
      String id,
      Caller caller,
      Transport transport,
      OutboundPump pump,
      SessionSettings settings,
      Seats.Seat seat) {
    this.id = id;
    this.address = caller.address();
    this.identity = caller.identity();
    this.transport = transport;
    this.pump = pump;
    this.settings = settings;
    this.seat = seat;
    this.queue = new OutboundQueue(settings.outbound(), pump.runs());
    this.heardMillis = pump.now();
    this.liveness = new Liveness(settings, heardMillis);
    this.openedMillis = heardMillis;
    this.gate =
        new SubscriptionGate(
            this, interests, pump.fanOuts(), pump.rights(), settings.maxSubscriptions());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public String address() {
    return address;
  }

  /**
   * From now on the session acts for somebody else, or with a newer token. It is ended if they have
   * too many sessions.
   */
  public void identity(Identity renewed) {
    identity = renewed;
    endIfRevoked();
    seat.passTo(renewed);
    if (seat.isTooMuch()) {
      disconnect(DisconnectReason.TOO_MANY_SESSIONS);
    }
  }

  /**
   * Called after the identity can be seen by whoever revokes it: one of the two finds the other.
   */
  void endIfRevoked() {
    if (pump.rights().isRevoked(identity)) {
      disconnect(DisconnectReason.FORBIDDEN);
    }
  }

  Seats.Seat seat() {
    return seat;
  }

  /** Something came from the client, whatever it was. */
  public void heard() {
    heardMillis = pump.now();
  }

  /** A part of a message came. */
  public void heardPart(boolean last) {
    heard();
    if (last && begunMillis != 0) {
      begunMillis = 0;
    } else if (!last && begunMillis == 0) {
      begunMillis = heardMillis;
    }
  }

  long begunMillis() {
    return begunMillis;
  }

  /** When it was opened, in ms since the Unix epoch. */
  public long openedMillis() {
    return openedMillis;
  }

  long heardMillis() {
    return heardMillis;
  }

  /** Sends a reply or notice, ahead of publications that wait. */
  public void send(ServerMessage message) {
    Outgoing encoded = Outgoing.of(message);
    execute(() -> offerUrgent(encoded));
  }

  /** Subscribes; the replies and all that follows come through the queue. */
  public void subscribe(List<SubscribeRequest> requests) {
    execute(() -> gate.subscribe(requests));
  }

  /** Ends a subscription because the client asked. */
  public void unsubscribe(@Nullable Long requestId, TopicPattern pattern) {
    ServerMessage answer =
        new ServerMessage.Unsubscribed(requestId, pattern.toString(), null, null);
    execute(
        () -> {
          pump.fanOuts().unsubscribe(interests, pattern, answer);
          attendance.unsubscribed(id, pattern);
        });
  }

  /** Carries out {@code task} after what was asked before it; it must be quick. */
  public void inTurn(Runnable task) {
    execute(task);
  }

  /** Has {@code told} of what this session is subscribed to; before it is served. */
  void attendance(Attendance told) {
    attendance = told;
  }

  Attendance attendance() {
    return attendance;
  }

  /** Checks each subscription again: what is not granted any more ends. */
  public void recheck() {
    execute(gate::recheck);
  }

  /**
   * The patterns subscribed to, as soon as the pump comes by; none if the session has ended. Never
   * completes if the node is down.
   */
  public CompletableFuture<List<TopicPattern>> patterns() {
    CompletableFuture<List<TopicPattern>> patterns = new CompletableFuture<>();
    pump.execute(() -> patterns.complete(List.copyOf(interests.patterns())));
    return patterns;
  }

  /** Whether it is being disconnected: what it still sends is not carried out any more. */
  public boolean isEnding() {
    return ending;
  }

  /** Says goodbye and closes, once: the first reason counts. */
  public void disconnect(DisconnectReason reason) {
    ending = true;
    pump.execute(() -> leave(reason));
  }

  /** The connection is gone; call it whoever closed it. */
  public void connectionClosed() {
    pump.execute(this::gone);
  }

  private void execute(Runnable task) {
    if (pending.incrementAndGet() > settings.maxPending()) {
      pending.decrementAndGet();
      disconnect(DisconnectReason.RATE);
      return;
    }
    pump.execute(
        () -> {
          pending.decrementAndGet();
          if (!closed && leaving == null) {
            task.run();
          }
        });
  }

  // Called by the pump only.

  @Override
  public void offer(Outgoing message) {
    if (closed || leaving != null) {
      return;
    }
    afterOffer(queue.offer(message));
  }

  @Override
  public void offerLatest(Outgoing message, ConflationKey key) {
    if (closed || leaving != null) {
      return;
    }
    boolean taken = writing ? queue.offerLatest(message, key) : queue.offer(message);
    afterOffer(taken);
  }

  @Override
  public void restart() {
    leave(DisconnectReason.RESTART);
  }

  void offer(ServerMessage message) {
    offer(Outgoing.of(message));
  }

  private void offerUrgent(Outgoing message) {
    if (!closed && leaving == null) {
      afterOffer(queue.offerUrgent(message));
    }
  }

  private void afterOffer(boolean taken) {
    if (taken) {
      markDirty();
      if (!writing && !queue.hasRoom()) {
        pump.hurry();
      }
    } else {
      leave(DisconnectReason.SLOW_CONSUMER);
    }
  }

  private void markDirty() {
    if (!dirty) {
      dirty = true;
      pump.dirty(this);
    }
  }

  @Override
  public boolean hasRoom() {
    return leaving == null && !closed && queue.hasRoom();
  }

  /** Writes what waits, unless a write is under way. */
  void flush() {
    dirty = false;
    if (writing || closed) {
      return;
    }
    if (!queue.isEmpty()) {
      writing = true;
      liveness.wrote(pump.now());
      transport.send(queue.take(), this);
    } else if (leaving != null) {
      close(leaving);
    }
  }

  @Override
  public void sent() {
    if (pump.isCurrentThread()) {
      written();
    } else {
      pump.execute(afterWrite);
    }
  }

  private void written() {
    writing = false;
    liveness.progressed(pump.now());
    if (!queue.isEmpty() || leaving != null) {
      markDirty();
    }
  }

  @Override
  public void failed() {
    pump.execute(this::lost);
  }

  /** The connection may still stand, but nothing can be said over it any more. */
  private void lost() {
    if (!closed) {
      gone();
      transport.close(SEND_FAILED, "a send failed");
    }
  }

  private void leave(DisconnectReason reason) {
    if (leaving != null || closed) {
      return;
    }
    ending = true;
    dropInterests();
    Outgoing goodbye = Outgoing.of(reason.goodbye());
    if (!reason.flushes() || !queue.offer(goodbye)) {
      queue.clear();
      queue.offer(goodbye);
    }
    leaving = reason;
    liveness.leaves(pump.now());
    markDirty();
  }

  private void close(DisconnectReason reason) {
    closed = true;
    transport.close(reason.code(), reason.text());
    pump.forget(this);
  }

  private void gone() {
    if (!closed) {
      closed = true;
      queue.clear();
      dropInterests();
      pump.forget(this);
    }
  }

  /** Later, because fan-out or catch-up may be walking through them right now. */
  private void dropInterests() {
    pump.execute(
        () -> {
          pump.fanOuts().remove(interests);
          attendance.gone(id);
        });
  }

  /** Looks at the clocks of this session; called at every sweep. */
  void sweep(long nowMillis) {
    if (leaving != null) {
      if (liveness.closeIsOverdue(nowMillis)) {
        close(leaving);
      }
      return;
    }
    DisconnectReason reason = liveness.objection(this, nowMillis, writing);
    if (reason != null) {
      leave(reason);
    } else {
      liveness.keepAlive(this, nowMillis, writing);
    }
  }

  /** Whether it has to sign in to be of any use. */
  boolean mustSignIn() {
    return identity.isAnonymous() && !pump.rights().servesAnyone();
  }

  /** Offers a {@code ping} with the position in each space, if all up to there has been sent. */
  void offerPing() {
    List<Served> served = queue.isEmpty() ? pump.fanOuts().servedTo(interests) : List.of();
    served.forEach(one -> offer(new ServerMessage.Ping(one.space(), one.position())));
    if (served.isEmpty()) {
      offer(new ServerMessage.Ping(null, null));
    }
  }

  void pingConnection() {
    transport.ping();
  }
}
