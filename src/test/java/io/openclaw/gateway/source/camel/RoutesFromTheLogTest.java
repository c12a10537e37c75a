package io.openclaw.gateway.source.camel;

import static io.openclaw.gateway.source.camel.RouteFixture.file;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.FailurePolicy.Then;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.topic.Payload;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Routes that read publications. */
class RoutesFromTheLogTest {
  /** Copies what is read on orders/# to copies/…, which shows what the exchange had. */
  private static final String COPY =
      """
      - from:
          uri: openclaw:orders/#
          steps:
            - to: openclaw:copies?key=${header.openclaw.topic}
      """;

  private RouteFixture fixture = RouteFixture.create();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void publish(String topic, String data) {
    fixture
        .ingest()
        .publish(new SourceEvent(topic, null, new Payload.Json(data), false, null, null));
  }

  private List<String> copies() {
    return fixture.publications().stream().filter(each -> each.startsWith("copies")).toList();
  }

  private void awaitCopies(int count) {
    await().pollInterval(Duration.ofMillis(20)).until(() -> copies().size() >= count);
  }

  @Test
  void readsMatchingPublicationsInTheirOrder() {
    fixture.run(file("a", COPY));
    for (int i = 0; i < 500; i++) {
      publish("orders/eu", String.valueOf(i));
      publish("other", "0");
    }
    awaitCopies(500);
    assertEquals(IntStream.range(0, 500).mapToObj(i -> "copies orders/eu " + i).toList(), copies());
  }

  @Test
  void beginsWithWhatComesAfterTheStartUnlessToldOtherwise() {
    publish("orders/old", "1");
    fixture.run(file("a", COPY));
    publish("orders/new", "2");
    awaitCopies(1);
    assertEquals(List.of("copies orders/new 2"), copies());
    fixture.run(file("a", COPY), file("b", COPY.replace("orders/#", "orders/#?start=earliest")));
    awaitCopies(3);
    assertEquals("copies orders/old 1", copies().get(1));
  }

  @Test
  void goesOnWhereItWasAfterAChangeOfTheFile() {
    fixture.run(file("a", COPY));
    publish("orders/a", "1");
    awaitCopies(1);
    fixture.apply();
    publish("orders/a", "2");
    fixture.run(file("a", COPY + "\n# changed\n"));
    awaitCopies(2);
    assertEquals(List.of("copies orders/a 1", "copies orders/a 2"), copies());
  }

  @Test
  void routesThatReadTheSameHaveEachItsOwnPlace() {
    String stuck = COPY + COPY.replace("copies?", "copies/${data.to}?");
    fixture.run(file("a", stuck, new FailurePolicy(Then.RETRY, 1)));
    publish("orders/a", "1");
    awaitCopies(1);
    await().until(() -> fixture.source("camel:a").counts().failures() > 0);
    fixture.run(file("a", COPY + COPY.replace("copies?", "copies/mended?")));
    awaitCopies(2);
    assertEquals(List.of("copies orders/a 1", "copies/mended orders/a 1"), copies());
  }

  @Test
  void goesOnWhereItWasAfterAPause() {
    fixture.run(file("a", COPY));
    fixture.source("camel:a").pause();
    fixture.awaitStatus("camel:a", Status.PAUSED);
    publish("orders/a", "1");
    await().during(Duration.ofMillis(400)).until(() -> copies().isEmpty());
    fixture.source("camel:a").resume();
    awaitCopies(1);
  }

  @Test
  void tellsThatItCameTooLateForPublications() {
    fixture.close();
    fixture =
        RouteFixture.create(
            new LogSettings(10, 1 << 20, Duration.ofHours(1), 0, 0), UnaryOperator.identity());
    fixture.run(file("a", COPY));
    fixture.source("camel:a").pause();
    fixture.awaitStatus("camel:a", Status.PAUSED);
    for (int i = 0; i < 30; i++) {
      publish("orders/a", String.valueOf(i));
    }
    fixture.source("camel:a").resume();
    await().until(() -> fixture.source("camel:a").state().reason().contains("retention"));
    await().until(() -> copies().contains("copies orders/a 29"));
  }

  @Test
  void aPublicationWhoseExchangeFailsIsPutAsideAndTheNextOnesFollow() {
    fixture.run(
        file(
            "a",
            COPY.replace("openclaw:copies?", "openclaw:copies/${data.to}?"),
            new FailurePolicy(Then.DEAD_LETTER, 2)));
    publish("orders/a", "{\"to\":\"x/y\"}");
    publish("orders/a", "{\"to\":\"z\"}");
    await().until(() -> fixture.letters().received().size() == 1);
    awaitCopies(1);
    assertTrue(copies().get(0).startsWith("copies/z"));
  }

  @Test
  void aPublicationThatCannotBePutAsideComesAgain() {
    fixture.letters().breakDown(true);
    fixture.run(file("a", COPY.replace("openclaw:copies?", "openclaw:copies/${data.to}?")));
    publish("orders/a", "{\"to\":\"x/y\"}");
    await().until(() -> fixture.source("camel:a").counts().failures() >= 2);
    fixture.letters().breakDown(false);
    await().until(() -> fixture.letters().received().size() == 1);
  }
}
