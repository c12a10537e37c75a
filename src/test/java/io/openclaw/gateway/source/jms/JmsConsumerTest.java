package io.openclaw.gateway.source.jms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.FailurePolicy.Then;
import io.openclaw.gateway.source.InterceptedLog;
import io.openclaw.gateway.source.SourceCounters.Counts;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
class JmsConsumerTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MAX_PAYLOAD_BYTES = 1000;
  private static final int BATCH_SIZE = 50;

  private final TestBroker broker = TestBroker.create();
  private final LocalTransactions transactions = new LocalTransactions(broker.connections());
  private final TopicLog log =
      new MemoryTopicLog("test", LogSettings.DEFAULT, System::currentTimeMillis);
  private final AtomicInteger failuresToCome = new AtomicInteger();
  private final AtomicInteger outagesToCome = new AtomicInteger();
  private Ingest ingest;
  private SourceLoop consumer;

  @BeforeEach
  void makeConsumer() {
    ingest =
        new Ingest(
            new InterceptedLog(log, this::failIfAsked),
            new IngestSettings(MAX_PAYLOAD_BYTES, 10_000));
    use(new JmsDestination.Queue("in"), "numbers/${property.kind}");
  }

  private void failIfAsked() {
    if (outagesToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new LogUnavailableException("too few nodes are left");
    }
    if (failuresToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("a fault of the gateway");
    }
  }

  private void use(JmsDestination destination, String topic) {
    JmsSourceSettings source =
        new JmsSourceSettings(
            destination.name(),
            destination,
            topic,
            null,
            null,
            new SourceOptions(new FailurePolicy(Then.DEAD_LETTER, 3), "", true, false));
    JmsInbox inbox =
        new JmsInbox(source, JmsMapping.of(source, MAX_PAYLOAD_BYTES), ingest, BATCH_SIZE);
    Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), new Random(1));
    consumer =
        new SourceLoop(
            source,
            () ->
                new JmsFeed(
                    source,
                    inbox,
                    transactions,
                    new JmsDeadLetters("dead"),
                    new QueueLag(broker.connections(), destination, null)),
            inbox.counters(),
            new SourceLoop.Parts(Thread::new, backoff, Duration.ofSeconds(10)));
  }

  @AfterEach
  void stop() {
    stopConsumer();
    broker.close();
  }

  private void stopConsumer() {
    consumer.stop(LIMIT);
  }

  private void start() {
    consumer.start();
    awaitStatus(Status.UP);
  }

  private void awaitStatus(Status status) {
    await("status " + status).atMost(LIMIT).until(() -> consumer.state().status() == status);
  }

  private void awaitCount(int count) {
    await("publication " + count).atMost(LIMIT).until(() -> log.head().offset() >= count);
  }

  private List<String> texts() {
    return log.readAfter(0, Integer.MAX_VALUE).stream().map(JmsConsumerTest::text).toList();
  }

  private static String text(Publication publication) {
    return ((Payload.Json) publication.payload()).text();
  }

  private static Message number(JMSContext context, int n) {
    TextMessage message = context.createTextMessage(String.valueOf(n));
    try {
      message.setStringProperty("kind", "a");
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
    return message;
  }

  private void sendNumbers(int from, int to) {
    for (int n = from; n <= to; n++) {
      int number = n;
      broker.send("in", context -> number(context, number));
    }
  }

  private static List<String> numbers(int to) {
    return IntStream.rangeClosed(1, to).mapToObj(String::valueOf).toList();
  }

  @Test
  void publishesMessagesInTheirOrder() {
    sendNumbers(1, 60);
    start();
    sendNumbers(61, 120);
    awaitCount(120);
    assertEquals(numbers(120), texts());
    assertEquals(new Counts(120, 0, 0, 0, 0), consumer.counts());
  }

  @Test
  void aMessageThatCanNeverWorkGoesToTheDeadLetterQueueAsItCame() throws JMSException {
    sendNumbers(1, 1);
    broker.send("in", context -> context.createTextMessage("no kind"));
    sendNumbers(2, 2);
    start();
    awaitCount(2);
    Message dead = broker.take("dead", 1).get(0);
    assertEquals("no kind", ((TextMessage) dead).getText());
    assertEquals("bad_request", dead.getStringProperty("openclaw_code"));
    assertEquals("in", dead.getStringProperty("openclaw_source"));
    assertEquals(
        "property.kind, which numbers/${property.kind} needs, has no value",
        dead.getStringProperty("openclaw_reason"));
    assertEquals(numbers(2), texts());
    assertEquals(1, consumer.counts().deadLettered());
  }

  @Test
  void aLargeMessageKeepsItsBodyAndPropertiesInTheDeadLetterQueue() throws JMSException {
    String large = "x".repeat(300_000);
    broker.send(
        "in",
        context -> {
          Message message = number(context, 1);
          try {
            ((TextMessage) message).setText(large);
          } catch (JMSException e) {
            throw new IllegalStateException(e);
          }
          return message;
        });
    start();
    Message dead = broker.take("dead", 1).get(0);
    assertEquals(large, ((TextMessage) dead).getText());
    assertEquals("a", dead.getStringProperty("kind"));
    assertEquals("too_large", dead.getStringProperty("openclaw_code"));
  }

  @Test
  void nothingIsDoubledWhenTheCommitIsRefused() {
    transactions.refuseCommits(2);
    sendNumbers(1, 30);
    start();
    sendNumbers(31, 31);
    awaitCount(31);
    assertEquals(numbers(31), texts());
  }

  @Test
  void triesAgainWhatTheGatewayFailedOn() {
    failuresToCome.set(1);
    sendNumbers(1, 10);
    start();
    awaitCount(10);
    assertEquals(numbers(10), texts());
    assertEquals(new Counts(10, 0, 0, 0, 1), consumer.counts());
  }

  @Test
  void aMessageIsNotGivenBackWhileTheLogTakesNothing() {
    outagesToCome.set(15);
    sendNumbers(1, 10);
    start();
    awaitCount(10);
    assertEquals(numbers(10), texts());
    assertEquals(new Counts(10, 0, 0, 0, 15), consumer.counts());
  }

  @Test
  void aMessageTheGatewayAlwaysFailsOnGoesToTheDeadLetterQueue() throws JMSException {
    failuresToCome.set(3);
    sendNumbers(1, 1);
    consumer.start();
    Message dead = broker.take("dead", 1).get(0);
    assertEquals("internal", dead.getStringProperty("openclaw_code"));
    assertEquals("1", ((TextMessage) dead).getText());
    sendNumbers(2, 2);
    awaitCount(1);
    assertEquals(List.of("2"), texts());
  }

  @Test
  void readsOnAfterTheBrokerWasStoppedAndStartedAgain() {
    start();
    sendNumbers(1, 5);
    awaitCount(5);
    broker.stop();
    awaitStatus(Status.DOWN);
    broker.restart();
    sendNumbers(6, 10);
    awaitCount(10);
    assertEquals(numbers(10), texts());
    awaitStatus(Status.UP);
  }

  @Test
  void aSharedDurableSubscriptionKeepsWhatWasSentWhileNobodyWasThere() {
    use(new JmsDestination.SharedTopic("news", "gateway"), "news");
    start();
    stopConsumer();
    broker.sendToTopic("news", "1");
    use(new JmsDestination.SharedTopic("news", "gateway"), "news");
    start();
    awaitCount(1);
    assertEquals(List.of("1"), texts());
    assertFalse(log.head().offset() > 1);
  }
}
