package io.openclaw.gateway.wiring.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.ClaimCondition;
import io.openclaw.gateway.security.TopicTemplate;
import io.openclaw.gateway.security.Who;
import io.openclaw.gateway.source.database.DatabaseSourceSettings;
import io.openclaw.gateway.source.database.OutboxSettings;
import io.openclaw.gateway.source.database.WatchSettings;
import io.openclaw.gateway.source.jms.JmsDestination;
import io.openclaw.gateway.source.jms.JmsSourceSettings;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRule;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {
  private static GatewayConfiguration read(String yaml) {
    Map<String, String> settings =
        Map.of("openclaw.database.url", "jdbc:postgresql://db/x", "region", "eu");
    SettingsReader reader = new SettingsReader(SettingsSource.of(settings));
    return new ConfigurationReader(new Placeholders(reader)).read("openclaw.yaml", yaml);
  }

  private static List<String> faults(String yaml) {
    return assertThrows(ConfigurationException.class, () -> read(yaml)).faults();
  }

  private static void assertFault(String fault, String yaml) {
    assertEquals(List.of(fault), faults(yaml));
  }

  @Test
  void anEmptyFileConfiguresNothing() {
    GatewayConfiguration nothing =
        new GatewayConfiguration(List.of(), List.of(), List.of(), List.of(), List.of());
    assertEquals(nothing, read(""));
    assertEquals(nothing, read("# nothing\n"));
    assertEquals(nothing, read("topics:\naccess: []\nsources:\n  jms:\n"));
  }

  @Test
  void topicRulesAreReadInOrder() {
    assertEquals(
        List.of(
            new TopicRule(TopicPattern.of("stock/#"), TopicMode.LATEST),
            new TopicRule(TopicPattern.of("a"), TopicMode.EVENTS)),
        read("topics: [{pattern: 'stock/#', mode: latest}, {pattern: a}]").topics());
  }

  @Test
  void accessRulesAreRead() {
    String yaml =
        """
        access:
          - who: anyone
            may: [subscribe, history]
            topics: ["stock/#", "user/{user}/#"]
            when: level >= 3
            wildcards: narrow
            max-rate: 10
          - who: [user, {role: trader}, {claim: {org.dept: sales}}, {claim: {level: 7}}]
            deny: all
            topics: ops/#
        """;
    assertEquals(
        List.of(
            new AccessRule(
                Effect.GRANT,
                List.of(Who.ANYONE),
                EnumSet.of(Action.SUBSCRIBE, Action.HISTORY),
                List.of(TopicTemplate.of("stock/#"), TopicTemplate.of("user/{user}/#")),
                new AccessRule.Terms(ClaimCondition.of("level >= 3"), true, 10)),
            new AccessRule(
                Effect.DENY,
                List.of(
                    Who.ANY_USER,
                    new Who.Role("trader"),
                    new Who.Claim("org.dept", "sales"),
                    new Who.Claim("level", "7")),
                EnumSet.allOf(Action.class),
                List.of(TopicTemplate.of("ops/#")))),
        read(yaml).access());
  }

  @Test
  void jmsSourcesAreReadAndTheirMessagePropertiesLeftAlone() {
    String yaml =
        """
        sources:
          jms:
            - {queue: "legacy.${region}", topic: "${region}/orders/${property.region}"}
            - topic-name: PRICES
              subscription: openclaw
              topic: "prices/${property.symbol}"
              key: "${property.symbol}"
              selector: "price > 0"
        """;
    assertEquals(
        List.of(
            new JmsSourceSettings(
                new JmsDestination.Queue("legacy.eu"), "eu/orders/${property.region}", null, null),
            new JmsSourceSettings(
                new JmsDestination.SharedTopic("PRICES", "openclaw"),
                "prices/${property.symbol}",
                "${property.symbol}",
                "price > 0")),
        read(yaml).jms());
  }

  @Test
  void databasesAreReadWithTheirDefaults() {
    String yaml =
        """
        sources:
          database:
            - name: main
              url: "${openclaw.database.url}"
              user: "${openclaw.database.user:gateway}"
              password: "${openclaw.database.password:}"
              outbox: {table: app.outbox, poll-interval: 2s, create: false}
              watch:
                - {table: orders, topic: "orders/{id}", key: id}
            - {name: other, url: "jdbc:postgresql://other/x"}
        """;
    assertEquals(
        List.of(
            new DatabaseSourceSettings(
                "main",
                "jdbc:postgresql://db/x",
                "gateway",
                "",
                new OutboxSettings("app.outbox", Duration.ofSeconds(2), 500, false),
                List.of(new WatchSettings("orders", "orders/{id}", "id"))),
            new DatabaseSourceSettings(
                "other",
                "jdbc:postgresql://other/x",
                null,
                null,
                OutboxSettings.DEFAULT,
                List.of())),
        read(yaml).databases());
  }

  @Test
  void aFaultNamesFileLinePathValueAndWhatIsAllowed() {
    assertFault(
        "openclaw.yaml:3 access[0].may[1] = \"subscrib\": allowed is subscribe, publish, presence,"
            + " history, all; did you mean subscribe?",
        """
        access:
          - who: anyone
            may: [history, subscrib]
            topics: a
        """);
  }

  @Test
  void anUnknownKeyIsAFaultWithTheNearestKnownOne() {
    assertFault(
        "openclaw.yaml:1: unknown key acess; allowed is topics, access, limits, sources; did you mean"
            + " access?",
        "acess: []");
    assertFault(
        "openclaw.yaml:2 topics[0]: unknown key mod; allowed is pattern, mode; did you mean mode?",
        "topics:\n  - {pattern: a, mod: latest}");
  }

  @Test
  void allFaultsAreToldTogether() {
    List<String> faults =
        faults(
            """
            topics:
              - {pattern: a//b}
              - {mode: newest}
            access:
              - who: everyone
                topics: ["a/{usr}"]
            sources:
              database: main
            """);
    assertEquals(
        List.of(
            "openclaw.yaml:2 topics[0].pattern = \"a//b\": a pattern has no empty level",
            "openclaw.yaml:3 topics[1]: the key pattern is missing",
            "openclaw.yaml:3 topics[1].mode = \"newest\": allowed is events, latest",
            "openclaw.yaml:5 access[0].who = \"everyone\": allowed is anyone, user, {role: NAME},"
                + " {claim: {NAME: VALUE}}",
            "openclaw.yaml:6 access[0].topics[0] = \"a/{usr}\": in braces stands {user} or"
                + " {claim:NAME}",
            "openclaw.yaml:5 access[0]: a rule has either may or deny",
            "openclaw.yaml:8 sources.database: a list is needed here"),
        faults);
  }

  @Test
  void whatIsNoYamlIsAFaultWithItsLine() {
    String fault = faults("access:\n  - who: [anyone\n").get(0);
    assertEquals("openclaw.yaml:3 is not YAML: expected ',' or ']', but got <stream end>", fault);
  }

  @Test
  void aKeyThatIsThereTwiceIsAFault() {
    assertFault("openclaw.yaml:2 access: the key is there twice", "access: []\naccess: []");
  }

  @Test
  void aPlaceholderWithoutValueOrDefaultIsAFault() {
    assertFault(
        "openclaw.yaml:1 topics[0].pattern = \"${nowhere}/a\": the setting nowhere has no value;"
            + " set it, or write ${nowhere:default}",
        "topics: [{pattern: '${nowhere}/a'}]");
    assertFault(
        "openclaw.yaml:1 topics[0].pattern = \"${region/a\": a placeholder is ${key} or"
            + " ${key:default}",
        "topics: [{pattern: '${region/a'}]");
  }

  @Test
  void aPasswordIsNeverShown() {
    String yaml = "sources: {database: [{name: m, url: 'jdbc:mysql://u:hush@h', password: hush}]}";
    assertFault(
        "openclaw.yaml:1 sources.database[0]: the url of a database starts with jdbc:postgresql:",
        yaml);
    String number = yaml.replace("mysql", "postgresql").replace("password: hush", "password: 4711");
    assertFalse(faults(number).get(0).contains("4711"));
    String placeholder = yaml.replace("password: hush", "password: 'hush${'");
    assertFalse(String.join("", faults(placeholder)).contains("hush"));
  }

  @Test
  void aDatabaseHasANameOfItsOwn() {
    String one = "{name: m, url: 'jdbc:postgresql://h/d'}";
    assertFault(
        "openclaw.yaml:1 sources.database[1]: another database has the name m",
        "sources: {database: [" + one + ", " + one + "]}");
  }

  @Test
  void anAliasThatContainsItselfIsAFault() {
    assertFalse(faults("access: &a [*a]").isEmpty());
    assertFalse(faults("access: [{who: &w [*w], may: all, topics: a}]").isEmpty());
  }
}
