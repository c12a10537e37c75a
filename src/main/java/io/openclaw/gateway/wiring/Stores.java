package io.openclaw.gateway.wiring;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.journal.Journal;
import io.openclaw.gateway.log.journal.file.FileJournal;
import io.openclaw.gateway.log.journal.kafka.KafkaJournal;
import io.openclaw.gateway.log.journal.kafka.KafkaJournalSettings;
import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import io.openclaw.gateway.wiring.settings.LiveConfiguration;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Makes the journals of logs that outlive a node. */
@ApplicationScoped
public class Stores {
  private static final int EPOCH_BYTES = 6;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Inject private GatewaySettings settings;
  @Inject private LiveConfiguration configuration;
  @Inject private Instance<Cluster> cluster;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Stores() {}

  /** In files, below the directory of all spaces. */
  Journal file(String space) {
    return new FileJournal(
        settings.stores().file().in(space),
        new FileJournal.Parts(
            threads, () -> RandomText.ofBytes(EPOCH_BYTES), System::currentTimeMillis));
  }

  /** In a topic. */
  Journal kafka(String space) {
    KafkaJournalSettings base = settings.stores().kafka();
    KafkaJournalSettings ofSpace = space.equals(Space.DEFAULT) ? base : base.at("." + space);
    KafkaCluster kafka = kafkaCluster();
    Cluster nodes = cluster.get();
    return new KafkaJournal(
        ofSpace,
        new KafkaJournal.Clients(kafka.admin(), kafka.producer(), kafka.consumer()),
        new KafkaJournal.Parts(threads, nodes::isOldest));
  }

  private KafkaCluster kafkaCluster() {
    String name = settings.stores().kafkaCluster();
    return configuration.configuration().kafka().stream()
        .filter(cluster -> cluster.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "openclaw.log.kafka.cluster: openclaw.yaml has no Kafka cluster " + name));
  }
}
