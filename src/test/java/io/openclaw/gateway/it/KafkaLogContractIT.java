package io.openclaw.gateway.it;

import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.RankedLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.log.TopicLogContract;
import io.openclaw.gateway.log.journal.AppendSettings;
import io.openclaw.gateway.log.journal.JournalLog;
import io.openclaw.gateway.log.journal.kafka.KafkaJournal;
import io.openclaw.gateway.log.journal.kafka.KafkaJournalSettings;
import io.openclaw.gateway.neighbour.KafkaServer;
import io.openclaw.gateway.neighbour.Neighbours;
import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The log in Kafka keeps to what every log keeps to; topics of its own for each test. */
@Tag("once")
class KafkaLogContractIT extends TopicLogContract {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private static WorkDirectory work;
  private static KafkaServer broker;
  private static KafkaCluster cluster;
  private final Deque<JournalLog> open = new ArrayDeque<>();

  @BeforeAll
  static void startBroker() {
    work = WorkDirectory.create();
    broker = Neighbours.kafka(work.path());
    cluster = new KafkaCluster("events", broker.bootstrapServers(), Map.of());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
    work.close();
  }

  @AfterEach
  void close() {
    open.forEach(JournalLog::close);
  }

  @Override
  protected TopicLog open(LogSettings settings) {
    int number = TOPICS.incrementAndGet();
    JournalLog log =
        new JournalLog(
            new KafkaJournal(
                KafkaJournalSettings.DEFAULT.at(".contract-" + number),
                new KafkaJournal.Clients(cluster.admin(), cluster.producer(), cluster.consumer()),
                new KafkaJournal.Parts(Thread::new, () -> true)),
            number,
            settings,
            AppendSettings.DEFAULT,
            time,
            System::nanoTime);
    open.push(log);
    log.open();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(30))
        .until(() -> log.obstacle().isEmpty());
    return new RankedLog(log);
  }
}
