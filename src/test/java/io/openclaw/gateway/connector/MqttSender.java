package io.openclaw.gateway.connector;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;

/** Publishes at QoS 1. */
public final class MqttSender implements Sender {
  /** Mosquitto takes 20 at a time, and a place is free only a moment after the confirmation. */
  private static final int IN_FLIGHT = 10;

  private static final long WAIT_MILLIS = 10_000;

  private final MqttAsyncClient client;

  private MqttSender(MqttAsyncClient client) {
    this.client = client;
  }

  /** Connects. */
  public static MqttSender open(int port) throws Exception {
    String name = "sender-" + UUID.randomUUID();
    MqttAsyncClient client =
        new MqttAsyncClient("tcp://127.0.0.1:" + port, name, new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    client.connect(options).waitForCompletion(WAIT_MILLIS);
    return new MqttSender(client);
  }

  @Override
  public void send(List<NumberedEvent> events) throws Exception {
    for (int i = 0; i < events.size(); i += IN_FLIGHT) {
      sendSome(events.subList(i, Math.min(i + IN_FLIGHT, events.size())));
    }
  }

  private void sendSome(List<NumberedEvent> events) throws Exception {
    List<IMqttToken> tokens = new ArrayList<>();
    for (NumberedEvent event : events) {
      String topic = event.poison() ? "sensors//k" : "sensors/k" + event.k();
      tokens.add(client.publish(topic, event.json().getBytes(StandardCharsets.UTF_8), 1, false));
    }
    for (IMqttToken token : tokens) {
      token.waitForCompletion(WAIT_MILLIS);
    }
  }

  @Override
  public void close() throws Exception {
    if (client.isConnected()) {
      client.disconnectForcibly(1_000);
    }
    client.close(true);
  }
}
