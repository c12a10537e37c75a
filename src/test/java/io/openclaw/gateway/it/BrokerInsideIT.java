package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.dev.Broker;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker that WildFly has inside, as the server configuration of the project sets it up. */
@Tag("wildfly")
class BrokerInsideIT {
  @Test
  void whatWaitsInItsQueuesIsThereAfterTheServerWasStoppedAndStarted() throws Exception {
    try (StandaloneGateway gateway = StandaloneGateway.start("it/log.yaml", Map.of())) {
      try (JMSContext context = Broker.connectionFactory(gateway.brokerPort()).createContext()) {
        for (int i = 0; i < 3; i++) {
          context
              .createProducer()
              .send(context.createQueue(Broker.EVENTS), "it has no topic, so it can never work");
        }
      }
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> deadLetters(gateway) == 3);
      gateway.server().restart();
      assertEquals(3, deadLetters(gateway));
    }
  }

  private static int deadLetters(StandaloneGateway gateway) throws JMSException {
    try (JMSContext context = Broker.connectionFactory(gateway.brokerPort()).createContext()) {
      return Collections.list(
              context.createBrowser(context.createQueue(Broker.DEAD)).getEnumeration())
          .size();
    }
  }
}
