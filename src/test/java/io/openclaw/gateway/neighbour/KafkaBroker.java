package io.openclaw.gateway.neighbour;

import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The program of a single Kafka broker that is its own controller (KRaft). Arguments: the port of
 * clients, the port of the controller, the directory of its log.
 */
final class KafkaBroker {
  static final String READY = "KAFKA READY";

  private static final String CLUSTER_ID = "openclawTestsCluster00";
  private static final int NODE = 1;

  private KafkaBroker() {}

  public static void main(String[] arguments) throws Exception {
    Path log = Path.of(arguments[2]);
    format(log);
    Properties properties = properties(arguments[0], arguments[1], log);
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    server.startup();
    System.out.println(READY);
    server.awaitShutdown();
  }

  private static void format(Path log) throws Exception {
    new Formatter()
        .setClusterId(CLUSTER_ID)
        .setNodeId(NODE)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(log.toString())
        .addDirectory(log.toString())
        .setIgnoreFormatted(true)
        .run();
  }

  private static Properties properties(String port, String controllerPort, Path log) {
    Properties made = new Properties();
    made.put("process.roles", "broker,controller");
    made.put("node.id", Integer.toString(NODE));
    made.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    made.put(
        "listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    made.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    made.put("inter.broker.listener.name", "CLIENTS");
    made.put("controller.listener.names", "CONTROLLER");
    made.put("log.dirs", log.toString());
    made.put("broker.session.timeout.ms", "1500");
    made.put("broker.heartbeat.interval.ms", "300");
    made.put("group.initial.rebalance.delay.ms", "0");
    made.put("offsets.topic.num.partitions", "1");
    made.put("offsets.topic.replication.factor", "1");
    made.put("transaction.state.log.num.partitions", "1");
    made.put("transaction.state.log.replication.factor", "1");
    made.put("transaction.state.log.min.isr", "1");
    made.put("num.network.threads", "1");
    made.put("num.io.threads", "2");
    made.put("log.cleaner.dedupe.buffer.size", "4000000");
    return made;
  }
}
