package io.openclaw.gateway.wiring.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.openclaw.gateway.forward.Forward;
import io.openclaw.gateway.forward.ForwardRule;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.request.ServiceSettings;
import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.ApiKey;
import io.openclaw.gateway.security.ClaimCondition;
import io.openclaw.gateway.security.FetchBounds;
import io.openclaw.gateway.security.JwtIssuer;
import io.openclaw.gateway.security.JwtKeys;
import io.openclaw.gateway.security.Scope;
import io.openclaw.gateway.security.TopicTemplate;
import io.openclaw.gateway.security.Who;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.FailurePolicy.Then;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.database.DatabaseSourceSettings;
import io.openclaw.gateway.source.database.OutboxSettings;
import io.openclaw.gateway.source.database.WatchSettings;
import io.openclaw.gateway.source.jms.JmsDestination;
import io.openclaw.gateway.source.jms.JmsSourceSettings;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRule;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {
  private static GatewayConfiguration read(String yaml) {
    Map<String, String> settings =
        Map.of("openclaw.database.url", "jdbc:postgresql://db/x", "region", "eu");
    SettingsReader reader = new SettingsReader(SettingsSource.of(settings));
    return new ConfigurationReader(reader).read("openclaw.yaml", yaml);
  }

  private static List<String> faults(String yaml) {
    return assertThrows(ConfigurationException.class, () -> read(yaml)).faults();
  }

  private static void assertFault(String fault, String yaml) {
    assertEquals(List.of(fault), faults(yaml));
  }

  @Test
  void anEmptyFileConfiguresNothing() {
    GatewayConfiguration nothing = GatewayConfiguration.NOTHING;
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
  void topicsCanHavePresence() {
    assertEquals(
        List.of(
            new TopicRule(TopicPattern.of("rooms/#"), TopicMode.EVENTS, true),
            new TopicRule(TopicPattern.of("a"), TopicMode.EVENTS, false)),
        read("topics: [{pattern: 'rooms/#', presence: true}, {pattern: a}]").topics());
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
              name: prices
              on-failure: {then: retry, max-attempts: 7, dead-letters: "jms:queue/prices.dead"}
              required: false
              paused: true
        """;
    assertEquals(
        List.of(
            new JmsSourceSettings(
                "legacy.eu",
                new JmsDestination.Queue("legacy.eu"),
                "eu/orders/${property.region}",
                null,
                null,
                SourceOptions.DEFAULT),
            new JmsSourceSettings(
                "prices",
                new JmsDestination.SharedTopic("PRICES", "openclaw"),
                "prices/${property.symbol}",
                "${property.symbol}",
                "price > 0",
                new SourceOptions(
                    new FailurePolicy(Then.RETRY, 7), "jms:queue/prices.dead", false, true))),
        read(yaml).sources());
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
                List.of(new WatchSettings("orders", "orders/{id}", "id")),
                SourceOptions.DEFAULT),
            new DatabaseSourceSettings(
                "other",
                "jdbc:postgresql://other/x",
                null,
                null,
                OutboxSettings.DEFAULT,
                List.of(),
                SourceOptions.DEFAULT)),
        read(yaml).sources());
  }

  @Test
  void aFaultNamesFileLinePathValueAndWhatIsAllowed() {
    assertFault(
        "openclaw.yaml:3 access[0].may[1] = \"subscrib\": allowed is subscribe, publish, presence,"
            + " history, request, all; did you mean subscribe?",
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
        "openclaw.yaml:1: unknown key acess; allowed is topics, access, limits, issuers, api-keys, kafka, sources, services, spaces;"
            + " did you mean access?",
        "acess: []");
    assertFault(
        "openclaw.yaml:2 topics[0]: unknown key mod; allowed is pattern, mode, presence, forward; did you mean mode?",
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
        "openclaw.yaml:1 sources.database[1]: another source has the name database:m",
        "sources: {database: [" + one + ", " + one + "]}");
  }

  @Test
  void anAliasThatContainsItselfIsAFault() {
    assertFalse(faults("access: &a [*a]").isEmpty());
    assertFalse(faults("access: [{who: &w [*w], may: all, topics: a}]").isEmpty());
  }

  @Test
  void issuersAreRead() {
    String yaml =
        """
        issuers:
          - issuer: https://id.example
            discovery: true
            algorithms: RS256
            audience: gateway
            user-claim: preferred_username
            roles-claim: [realm_access.roles, groups]
            clock-skew: 5s
          - issuer: old
            hmac-secret: a-secret-of-more-than-thirty-two-bytes
        """;
    JwtIssuer discovered =
        new JwtIssuer(
            "https://id.example",
            new JwtKeys.Discovery(URI.create("https://id.example"), FetchBounds.DEFAULT),
            Set.of("RS256"),
            List.of("gateway"),
            Duration.ofSeconds(5),
            "preferred_username",
            List.of("realm_access.roles", "groups"));
    JwtIssuer old =
        new JwtIssuer(
            "old",
            new JwtKeys.HmacSecret("a-secret-of-more-than-thirty-two-bytes"),
            Set.of(),
            List.of(),
            Duration.ofSeconds(30),
            "sub",
            List.of("roles"));
    assertEquals(List.of(discovered, old), read(yaml).trust().issuers());
  }

  @Test
  void anIssuerThatIsThereTwiceIsAFault() {
    assertFault(
        "openclaw.yaml:3 issuers[1]: another entry has the issuer a",
        """
        issuers:
          - {issuer: a, jwks-url: "https://a/1"}
          - {issuer: a, jwks-url: "https://a/2"}
        """);
  }

  @Test
  void anIssuerThatTheSettingsHaveIsAFault() {
    SettingsReader settings =
        new SettingsReader(SettingsSource.of(Map.of("openclaw.security.jwt.issuer", "a")));
    ConfigurationReader reader = new ConfigurationReader(settings);
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> reader.read("x.yaml", "issuers: [{issuer: a, jwks-url: 'https://a/'}]"));
    assertEquals(
        List.of("x.yaml:1 issuers[0]: openclaw.security.jwt.issuer is the same"), e.faults());
  }

  @Test
  void aSecretOfAnIssuerIsNotShown() {
    assertFault(
        "openclaw.yaml:1 issuers[0].hmac-secret: an HMAC secret has 32 bytes or more",
        "issuers: [{issuer: a, hmac-secret: sesame}]");
  }

  @Test
  void aSkewThatIsTooLongIsAFault() {
    assertFault(
        "openclaw.yaml:1 issuers[0]: clock-skew is 0s to 10m",
        "issuers: [{issuer: a, jwks-url: 'https://a/', clock-skew: 11m}]");
  }

  @Test
  void aKafkaClusterThatIsThereTwiceIsAFault() {
    assertFault(
        "openclaw.yaml:3 kafka[1]: another cluster has the name a",
        """
        kafka:
          - {name: a, bootstrap-servers: "h:9092"}
          - {name: a, bootstrap-servers: "i:9092"}
        """);
  }

  @Test
  void aPropertyThatKafkaDoesNotKnowIsAFault() {
    assertFault(
        "openclaw.yaml:1 kafka[0]: fetch.max.byte is no property of Kafka's consumers or producers",
        "kafka: [{name: a, bootstrap-servers: 'h:9092', properties: {fetch.max.byte: 1}}]");
  }

  @Test
  void aKafkaSourceOfAnUnknownClusterIsAFault() {
    assertFault(
        "openclaw.yaml:2 sources.kafka[0].cluster = \"mainn\": there is no such cluster below kafka;"
            + " did you mean main?",
        """
        kafka: [{name: main, bootstrap-servers: 'h:9092'}]
        sources: {kafka: [{name: a, cluster: mainn, topics: t}]}
        """);
  }

  @Test
  void apiKeysAreRead() {
    String hash = ApiKey.hashOf("ock_x");
    String yaml =
        "api-keys: [{name: importer, hash: '"
            + hash
            + "', scopes: [{may: [publish], topics: orders/#}], expires: 2027-01-31T01:00:00+01:00}]";
    Scope scope = new Scope(EnumSet.of(Action.PUBLISH), List.of(TopicPattern.of("orders/#")));
    Instant end = Instant.parse("2027-01-31T00:00:00Z");
    assertEquals(
        List.of(new ApiKey("importer", hash, List.of(scope), end)), read(yaml).trust().apiKeys());
  }

  @Test
  void apiKeysOfTheSameNameOrHashAreFaults() {
    String scopes = ", scopes: [{may: publish, topics: a}]}\n";
    String hash = "'" + ApiKey.hashOf("ock_x") + "'";
    String other = "'" + ApiKey.hashOf("ock_y") + "'";
    assertFault(
        "openclaw.yaml:3 api-keys[1]: another key has the name a",
        "api-keys:\n- {name: a, hash: " + hash + scopes + "- {name: a, hash: " + other + scopes);
    assertFault(
        "openclaw.yaml:3 api-keys[1]: another key has the same hash",
        "api-keys:\n- {name: a, hash: " + hash + scopes + "- {name: b, hash: " + hash + scopes);
  }

  @Test
  void forwardedTopicsAndServicesAreRead() {
    String yaml =
        """
        topics:
          - {pattern: 'a/#', forward: 'jms:queue/a'}
          - {pattern: 'b/#', forward: {to: 'kafka:main/b', publish: false}}
          - {pattern: 'c/#'}
        services:
          - {name: quotes, to: 'jms:queue/q', timeout: 2s}
          - {name: quick, to: 'jms:queue/q', max-timeout: 1s}
        """;
    GatewayConfiguration configuration = read(yaml);
    assertEquals(
        List.of(
            new ForwardRule(
                TopicPattern.of("a/#"), new Forward(OutletAddress.of("jms:queue/a"), true)),
            new ForwardRule(
                TopicPattern.of("b/#"), new Forward(OutletAddress.of("kafka:main/b"), false)),
            new ForwardRule(TopicPattern.of("c/#"), null)),
        configuration.forwards());
    assertEquals(
        List.of(service("quotes", 2, 30), service("quick", 1, 1)), configuration.services());
  }

  private static ServiceSettings service(String name, int timeout, int maxTimeout) {
    return new ServiceSettings(
        TopicName.of(name),
        OutletAddress.of("jms:queue/q"),
        Duration.ofSeconds(timeout),
        Duration.ofSeconds(maxTimeout));
  }

  @Test
  void servicesHaveANameOfTheirOwnAndATimeThatFits() {
    assertFault(
        "openclaw.yaml:3 services[1]: another service has the name a",
        "services:\n  - {name: a, to: 'jms:queue/x'}\n  - {name: a, to: 'jms:queue/y'}");
    assertFault(
        "openclaw.yaml:1 services[0]: timeout is above 0 and not above max-timeout, which is 1h at"
            + " most",
        "services: [{name: a, to: 'jms:queue/x', timeout: 1m}]");
  }
}
