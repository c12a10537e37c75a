package io.openclaw.gateway.request;

import io.openclaw.gateway.forward.Deadlines;
import io.openclaw.gateway.forward.Lane;
import io.openclaw.gateway.forward.Provenance;
import io.openclaw.gateway.forward.UnansweredException;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.topic.Payload;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for an answer from outside. A request:
 *
 * <ol>
 *   <li>is refused if answers cannot be received now, or if too many wait, of its session or of
 *       all;
 *   <li>is sent by one of a few threads, unless its client is gone by then;
 *   <li>ends with the first of: its answer, the end of its time, the end of its session, a fault in
 *       sending it, the loss of the way back;
 *   <li>is forgotten at that moment: an answer that comes later is counted and dropped.
 * </ol>
 *
 * Thread-safe; whoever asks never waits.
 */
public final class Requests {
  private static final Logger LOG = System.getLogger(Requests.class.getName());
  private static final int MAX_WAITING_BYTES = 16 << 20;
  private static final int BATCH = 50;

  private final RequestSettings settings;
  private final Provenance provenance;
  private final Deadlines deadlines;
  private final Supplier<String> ids;
  private final PendingRequests pending;
  private final RequestCounters counters = new RequestCounters();
  private final List<Lane<Question>> lanes = new ArrayList<>();
  private volatile @Nullable Exchange exchange;

  /**
   * @param deadlines ends what takes too long
   * @param ids makes texts that cannot be guessed
   */
  public Requests(
      RequestSettings settings, Provenance provenance, Deadlines deadlines, Supplier<String> ids) {
    this.settings = settings;
    this.provenance = provenance;
    this.deadlines = deadlines;
    this.ids = ids;
    this.pending = new PendingRequests(settings);
  }

  /**
   * All counts since the start.
   *
   * @param late answers that nobody waited for
   */
  public record Counts(long asked, long answered, long timedOut, long cancelled, long late) {}

  /** Whom a request is asked for, and where it comes from. */
  public record Asker(Authenticated who, String session) {}

  /** From now on questions are sent by {@code exchange}. */
  public void start(Exchange exchange, ThreadFactory factory) {
    this.exchange = exchange;
    Lane.Bounds bounds = new Lane.Bounds(2 * settings.maxPending(), MAX_WAITING_BYTES, BATCH);
    for (int i = 0; i < settings.senders(); i++) {
      Lane<Question> lane =
          new Lane<>(bounds, q -> q.message().payload().bytes(), batch -> send(exchange, batch));
      lanes.add(lane);
      factory.newThread(lane).start();
    }
  }

  /** Sends nothing more; whoever waits is told. */
  public void stop() {
    exchange = null;
    lanes.forEach(Lane::stop);
    lanes.forEach(Lane::clear);
    failAll("the node goes down: ask again");
  }

  /** What became of requests since the start. */
  public Counts counts() {
    return counters.counts();
  }

  /** How many wait now. */
  public int waiting() {
    return pending.size();
  }

  /**
   * Asks {@code service}.
   *
   * @param timeoutMillis how long the client will wait; 0: it does not say
   * @return the answer, or {@link UnansweredException}
   */
  public CompletableFuture<Payload> ask(
      Asker asker, ServiceSettings service, Payload payload, int timeoutMillis) {
    Exchange up = exchange;
    if (up == null || !up.isUp()) {
      return CompletableFuture.failedFuture(
          UnansweredException.unavailable("no service can be asked now: try again later"));
    }
    String correlation = ids.get();
    CompletableFuture<Payload> outcome = new CompletableFuture<>();
    if (!pending.add(asker.session(), correlation, outcome)) {
      return CompletableFuture.failedFuture(
          new UnansweredException("limit_exceeded", "too many requests wait for their answers"));
    }
    counters.asked.increment();
    Duration timeout = service.within(timeoutMillis);
    send(question(asker, service, payload, correlation, timeout), outcome);
    return deadlines
        .within(timeout, outcome, () -> timeout(service))
        .whenComplete((answer, failure) -> end(outcome, failure));
  }

  private Question question(
      Asker asker, ServiceSettings service, Payload payload, String correlation, Duration timeout) {
    Map<String, String> properties = provenance.of(asker.who(), asker.session(), null);
    properties.put("service", service.name().toString());
    Outbound message = new Outbound("", null, payload, null, properties);
    return new Question(correlation, service.to(), message, System.nanoTime() + timeout.toNanos());
  }

  private void send(Question question, CompletableFuture<Payload> outcome) {
    int lane = Math.floorMod(question.correlation().hashCode(), lanes.size());
    if (!lanes.get(lane).offer(question)) {
      fail(outcome, "too much waits to be sent: try again later");
    }
  }

  private static UnansweredException timeout(ServiceSettings service) {
    return new UnansweredException("timeout", service.name() + " has not answered in time");
  }

  private void end(CompletableFuture<Payload> outcome, @Nullable Throwable failure) {
    if (failure != null && outcome.completeExceptionally(failure)) {
      counters.timedOut.increment();
    }
  }

  /** The session has ended: nothing more is done for it. */
  public void cancel(String session) {
    for (CompletableFuture<Payload> outcome : pending.of(session)) {
      counters.cancelled.increment();
      fail(outcome, "the session has ended");
    }
  }

  /** An answer has come. */
  public void answer(String correlation, Answer answer) {
    CompletableFuture<Payload> outcome = pending.find(correlation);
    boolean wanted = outcome != null && complete(outcome, answer);
    (wanted ? counters.answered : counters.late).increment();
  }

  private static boolean complete(CompletableFuture<Payload> outcome, Answer answer) {
    if (answer instanceof Answer.Given given) {
      return outcome.complete(given.payload());
    }
    Answer.Refused refused = (Answer.Refused) answer;
    return outcome.completeExceptionally(
        new UnansweredException(refused.code(), refused.message()));
  }

  /** The way back is lost: the answers of all that wait will not come. */
  public void failAll(String why) {
    pending.all().forEach(outcome -> fail(outcome, why));
  }

  private static void fail(CompletableFuture<Payload> outcome, String why) {
    outcome.completeExceptionally(UnansweredException.unavailable(why));
  }

  private void send(Exchange by, List<Question> batch) {
    List<Question> wanted =
        batch.stream().filter(each -> pending.find(each.correlation()) != null).toList();
    try {
      if (!wanted.isEmpty()) {
        by.send(wanted);
      }
    } catch (OutletException | RuntimeException e) {
      LOG.log(Level.DEBUG, "could not send requests", e);
      wanted.forEach(this::notSent);
    }
  }

  private void notSent(Question question) {
    CompletableFuture<Payload> outcome = pending.find(question.correlation());
    if (outcome != null) {
      fail(outcome, "the request could not be sent: try again later");
    }
  }
}
