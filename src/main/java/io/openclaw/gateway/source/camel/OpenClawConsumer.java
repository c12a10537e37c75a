package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.log.Recovery;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.source.Pause;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicPattern;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes exchanges of the publications of the log in which its topics are, one after the other, in
 * their order, in one thread. It reads the log by position at its own pace: a slow route costs
 * nobody else anything, and if the log forgets what it has not read, that is logged and counted. A
 * publication whose exchange fails comes again until it works: whether it is put aside instead is
 * decided by the route's policy, or the source's.
 */
final class OpenClawConsumer extends DefaultConsumer implements Suspendable, Runnable {
  private static final Logger LOG = System.getLogger(OpenClawConsumer.class.getName());
  private static final Duration WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int BATCH = 200;

  private final TopicPattern pattern;
  private final RouteParts parts;
  private final boolean earliest;
  private final String reader;
  private Pause end = new Pause();
  private Position position = new Position("", 0);
  private @Nullable ExecutorService thread;

  /**
   * @param number tells apart routes of a file that read from the same endpoint
   * @throws IllegalArgumentException if the topic of the endpoint is no pattern
   */
  OpenClawConsumer(
      OpenClawEndpoint endpoint,
      Processor processor,
      EndpointOptions options,
      RouteParts parts,
      int number) {
    super(endpoint, processor);
    this.pattern = TopicPattern.of(options.topic());
    this.reader = parts.source() + ' ' + endpoint.getEndpointUri() + ' ' + number;
    this.parts = parts;
    this.earliest = options.fromEarliest();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    end = new Pause();
    position = parts.tails().begin(reader, parts.tails().log(pattern), earliest);
    parts.tails().passed(reader, position);
    thread =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "openclaw:" + pattern);
    thread.execute(this);
  }

  @Override
  protected void doStop() throws Exception {
    end.end();
    if (thread != null) {
      getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(thread);
      thread = null;
    }
    super.doStop();
  }

  @Override
  public void run() {
    Pause mine = end;
    try {
      while (!mine.isOver()) {
        step(mine);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step(Pause mine) throws InterruptedException {
    if (isSuspendingOrSuspended() || !parts.turn().isNow()) {
      mine.await(WAIT);
      return;
    }
    TopicLog log = parts.tails().log(pattern);
    List<Publication> next = log.readAfter(position.offset(), BATCH);
    boolean anotherLife = !log.epoch().equals(position.epoch());
    if (anotherLife || next.isEmpty() || next.get(0).offset() > position.offset() + 1) {
      if (isElsewhere(log)) {
        return;
      }
    }
    if (next.isEmpty()) {
      parts.tails().await(log, position.offset(), WAIT);
    }
    for (Publication publication : next) {
      if (!take(publication, mine)) {
        return;
      }
      position = position.at(publication.offset());
      parts.tails().passed(reader, position);
    }
  }

  /**
   * Whether it goes on at another place: behind a gap, in the next life of the log, or at the
   * beginning, if there was nothing to read before.
   */
  private boolean isElsewhere(TopicLog log) {
    Position head = log.head();
    if (position.epoch().isEmpty()) {
      position = parts.tails().begin(reader, log, earliest);
      end.await(position.epoch().isEmpty() ? WAIT : Duration.ZERO);
      return true;
    }
    Recovery recovery = log.recover(position);
    if (recovery instanceof Recovery.Gap gap) {
      passOver(gap);
      position = head.at(gap.to());
      return true;
    }
    boolean anotherLife = !head.epoch().equals(position.epoch());
    position = head.at(((Recovery.Complete) recovery).from());
    return anotherLife;
  }

  private void passOver(Recovery.Gap gap) {
    LOG.log(
        Level.WARNING,
        "{0}: {1} came too late for the publications {2} to {3}",
        parts.source(),
        getEndpoint(),
        gap.from(),
        gap.to());
    parts.tally().gap();
  }

  /** Whether it is through; false if the consumer ends before. */
  private boolean take(Publication publication, Pause mine) {
    if (!pattern.matches(publication.topic())) {
      return true;
    }
    for (int failures = 0; !mine.isOver() && !isSuspendingOrSuspended(); failures++) {
      if (parts.turn().isNow() && process(publication)) {
        parts.tally().passed();
        return true;
      }
      Duration pause = Duration.ofMillis(100L << Math.min(failures, 6));
      mine.await(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }
    return false;
  }

  private boolean process(Publication publication) {
    Exchange exchange = createExchange(false);
    try {
      fill(exchange.getIn(), publication);
      getProcessor().process(exchange);
    } catch (Exception e) { // whatever a route throws, the consumer must go on
      exchange.setException(e);
    }
    Exception failure = exchange.getException();
    releaseExchange(exchange, false);
    if (failure == null) {
      return true;
    }
    parts.tally().retrying(parts.reasons().apply(failure));
    return false;
  }

  private void fill(Message message, Publication publication) {
    Object body =
        publication.payload() instanceof Payload.Binary binary
            ? binary.content().clone()
            : publication.payload() instanceof Payload.Json json ? json.text() : null;
    message.setBody(publication.removed() ? null : body);
    message.setHeader(Headers.TOPIC, publication.topic().toString());
    message.setHeader(Headers.EPOCH, position.epoch());
    message.setHeader(Headers.OFFSET, publication.offset());
    message.setHeader(Headers.TIME, publication.timeMillis());
    if (publication.key() != null) {
      message.setHeader(Headers.KEY, publication.key());
    }
    if (publication.removed()) {
      message.setHeader(Headers.REMOVED, true);
    }
    if (publication.trace() != null) {
      message.setHeader(Headers.TRACE_PARENT, publication.trace());
    }
  }
}
