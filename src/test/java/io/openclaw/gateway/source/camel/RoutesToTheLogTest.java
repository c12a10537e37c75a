package io.openclaw.gateway.source.camel;

import static io.openclaw.gateway.source.camel.RouteFixture.file;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.FailurePolicy.Then;
import io.openclaw.gateway.source.InterceptedLog;
import io.openclaw.gateway.source.SourceState.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that publish. */
class RoutesToTheLogTest {
  private static final String ONCE =
      """
      - route:
          from:
            uri: timer:once
            parameters: {repeatCount: 1, delay: 1}
            steps:
      """;

  private RouteFixture fixture = RouteFixture.create();

  @TempDir Path directory;

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static String once(String... steps) {
    StringBuilder yaml = new StringBuilder(ONCE);
    for (String step : steps) {
      yaml.append("        - ").append(step).append('\n');
    }
    return yaml.toString();
  }

  @Test
  void publishesTheBodyOnATopicWithPlacesFilled() {
    fixture.run(
        file(
            "a",
            once(
                "setHeader: {name: site, constant: north}",
                "setBody: {constant: '{\"id\": 7, \"t\": 21.5}'}",
                "to: 'openclaw:iot/${header.site}/temp?key=${data.id}'")));
    assertEquals(
        List.of("iot/north/temp 7 {\"id\": 7, \"t\": 21.5}"), fixture.awaitPublications(1));
    assertEquals(1, fixture.source("camel:a").counts().accepted());
  }

  @Test
  void takesTheTopicOfTheHeaderWhereTheEndpointHasAPattern() {
    fixture.run(
        file(
            "a",
            once(
                "setHeader: {name: openclaw.topic, constant: orders/eu/42}",
                "setHeader: {name: openclaw.key, constant: k}",
                "setBody: {constant: hello}",
                "to: 'openclaw:orders/#'",
                "to: 'openclaw:orders/+/42'")));
    assertEquals(
        List.of("orders/eu/42 k \"hello\"", "orders/eu/42 k \"hello\""),
        fixture.awaitPublications(2));
  }

  @Test
  void publishesTheSameEventIdOnce() {
    fixture.run(
        file(
            "a",
            once(
                "setBody: {constant: '1'}",
                "to: 'openclaw:a?eventId=x-${body}'",
                "to: 'openclaw:a?eventId=x-${body}'",
                "setBody: {constant: '2'}",
                "to: 'openclaw:a?eventId=x-${body}'")));
    assertEquals(List.of("a 1", "a 2"), fixture.awaitPublications(2));
    assertEquals(1, fixture.source("camel:a").counts().duplicates());
  }

  @Test
  void publishesARemoval() {
    fixture.run(file("a", once("to: 'openclaw:a?key=k&removed=true'")));
    assertEquals(List.of("a k null removed"), fixture.awaitPublications(1));
  }

  @Test
  void fillsPlaceholdersFromTheSettings() {
    fixture.set("site.name", "south");
    fixture.run(file("a", once("to: 'openclaw:iot/{{site.name}}/{{no.such:x}}'")));
    assertEquals(List.of("iot/south/x null"), fixture.awaitPublications(1));
  }

  @Test
  void readsFilesAsText() throws Exception {
    Files.writeString(directory.resolve("one.json"), "{\"a\": 1}");
    String yaml =
        """
        - from:
            uri: file:%s
            parameters: {noop: true, initialDelay: 0}
            steps:
              - to: openclaw:files/${file:name}
        """
            .formatted(directory);
    fixture.run(file("a", yaml));
    assertEquals(List.of("files/one.json {\"a\": 1}"), fixture.awaitPublications(1));
  }

  @Test
  void putsAsideWhatCanNeverWorkAndGoesOn() {
    fixture.run(
        file(
            "a",
            """
            - from:
                uri: timer:often
                parameters: {period: 10, repeatCount: 3, delay: 1, includeMetadata: true}
                steps:
                  - setBody: {simple: '{"n": ${exchangeProperty.CamelTimerCounter}}'}
                  - setHeader: {name: site, constant: north}
                  - choice:
                      when:
                        - simple: ${exchangeProperty.CamelTimerCounter} == 2
                          steps:
                            - setHeader: {name: site, constant: a/b}
                  - to: openclaw:iot/${header.site}
            """));
    assertEquals(
        List.of("iot/north {\"n\": 1}", "iot/north {\"n\": 3}"), fixture.awaitPublications(2));
    await().until(() -> fixture.source("camel:a").counts().deadLettered() == 1);
    Outbound letter = fixture.letters().received().get(0);
    assertEquals("bad_request", letter.properties().get("openclaw_code"));
    assertEquals("camel:a", letter.properties().get("openclaw_source"));
    assertTrue(String.valueOf(letter.properties().get("openclaw_reason")).contains("header.site"));
    assertEquals("a/b", letter.properties().get("site"));
    assertEquals(0, fixture.source("camel:a").counts().failures());
  }

  @Test
  void skipsWhatCanNeverWorkIfThePolicySaysSo() {
    fixture.run(
        file("a", once("to: openclaw:iot/${header.site}"), new FailurePolicy(Then.SKIP, 5)));
    await().until(() -> fixture.source("camel:a").counts().skipped() == 1);
    assertEquals(List.of(), fixture.letters().received());
  }

  @Test
  void triesAgainWhatTheGatewayFailsOn() {
    AtomicInteger failures = new AtomicInteger(3);
    fixture = failing(failures);
    fixture.run(file("a", once("to: openclaw:a")));
    assertEquals(List.of("a null"), fixture.awaitPublications(1));
    assertEquals(3, fixture.source("camel:a").counts().failures());
    assertEquals(List.of(), fixture.letters().received());
  }

  @Test
  void putsAsideWhatTheGatewayFailsOnTooOften() {
    fixture = failing(new AtomicInteger(1000));
    fixture.run(file("a", once("to: openclaw:a"), new FailurePolicy(Then.DEAD_LETTER, 3)));
    await().until(() -> fixture.source("camel:a").counts().deadLettered() == 1);
    assertEquals(2, fixture.source("camel:a").counts().failures());
    assertEquals("internal", fixture.letters().received().get(0).properties().get("openclaw_code"));
  }

  @Test
  void staysAtItUnderRetry() {
    fixture.run(
        file("a", once("to: openclaw:iot/${header.site}"), new FailurePolicy(Then.RETRY, 1)));
    await().until(() -> fixture.source("camel:a").counts().failures() > 3);
    assertTrue(fixture.source("camel:a").state().reason().contains("header.site"));
    fixture.apply();
    assertEquals(List.of(), fixture.letters().received());
  }

  private static RouteFixture failing(AtomicInteger failures) {
    return RouteFixture.create(
        LogSettings.DEFAULT,
        log ->
            InterceptedLog.beforeAppend(
                log,
                () -> {
                  if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("the log is away");
                  }
                }));
  }

  @Test
  void aBrokenFileIsDownWithTheReasonAndStopsNoOther() {
    fixture.apply(
        file("bad", "- from: {uri: 'timer:x', steps: [ {to: 'nosuch:thing'} ]}"),
        file("worse", "- what: is this"),
        file("good", once("to: openclaw:a")));
    fixture.awaitPublications(1);
    fixture.awaitStatus("camel:bad", Status.DOWN);
    fixture.awaitStatus("camel:worse", Status.DOWN);
    assertTrue(fixture.source("camel:bad").state().reason().contains("nosuch"));
    assertFalse(fixture.source("camel:worse").state().reason().isBlank());
    fixture.awaitStatus("camel:good", Status.UP);
  }

  @Test
  void neverShowsASecretSetting() {
    fixture.set("broker.password", "hunter2000");
    fixture.apply(file("a", once("to: 'nosuch:thing?secret={{broker.password}}'")));
    fixture.awaitStatus("camel:a", Status.DOWN);
    String reason = fixture.source("camel:a").state().reason();
    assertFalse(reason.contains("hunter2000"), reason);
  }

  @Test
  void changesAndRemovesFilesWhileOthersRun() {
    String often = "- from: {uri: 'timer:x?period=20', steps: [ {to: 'openclaw:%s'} ]}";
    fixture.run(file("a", often.formatted("a")), file("b", often.formatted("b")));
    fixture.awaitPublications(4);
    Object untouched = fixture.source("camel:b");
    fixture.run(file("a", often.formatted("c")), file("b", often.formatted("b")));
    await().until(() -> fixture.publications().contains("c null"));
    assertEquals(untouched, fixture.source("camel:b"));
    fixture.apply(file("b", often.formatted("b")));
    long removed = fixture.log().head().offset();
    fixture.awaitPublications((int) removed + 5);
    assertTrue(
        fixture.log().readAfter(removed, 100).stream()
            .allMatch(each -> each.topic().toString().equals("b")));
  }

  @Test
  void triesAgainAfterAPauseToo() {
    AtomicInteger failures = new AtomicInteger();
    fixture = failing(failures);
    fixture.run(file("a", "- from: {uri: 'timer:x?period=20', steps: [ {to: 'openclaw:a'} ]}"));
    fixture.awaitPublications(2);
    fixture.source("camel:a").pause();
    fixture.awaitStatus("camel:a", Status.PAUSED);
    long paused = fixture.log().head().offset();
    failures.set(3);
    fixture.source("camel:a").resume();
    fixture.awaitPublications((int) paused + 3);
    assertEquals(3, fixture.source("camel:a").counts().failures());
    assertEquals(List.of(), fixture.letters().received());
  }

  @Test
  void takesNothingWhilePaused() {
    fixture.run(file("a", "- from: {uri: 'timer:x?period=20', steps: [ {to: 'openclaw:a'} ]}"));
    fixture.awaitPublications(2);
    fixture.source("camel:a").pause();
    fixture.awaitStatus("camel:a", Status.PAUSED);
    long paused = fixture.log().head().offset();
    await()
        .during(java.time.Duration.ofMillis(300))
        .until(() -> fixture.log().head().offset() <= paused + 1);
    fixture.source("camel:a").resume();
    fixture.awaitPublications((int) paused + 3);
  }
}
