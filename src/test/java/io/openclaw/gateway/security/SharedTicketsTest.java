package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SharedMap;
import io.openclaw.gateway.cluster.SingleNode;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.topic.TopicPattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tickets of two nodes that share their values. */
class SharedTicketsTest {
  private final ManualTime time = new ManualTime();
  private final AtomicInteger made = new AtomicInteger();
  private final SharedMap map =
      new SingleNode(new Node("n"), () -> time.getAsLong() * 1_000_000).map("tickets");
  private final Tickets first = tickets();
  private final Tickets second = tickets();

  private Tickets tickets() {
    return new Tickets(
        new TicketSettings(Duration.ofSeconds(30), 10, 2),
        time,
        () -> "ticket" + made.incrementAndGet(),
        identity -> true,
        map);
  }

  private Identity identity(Authority authority) {
    Map<String, Object> claims =
        Map.of(
            "iat",
            1_700_000_000L,
            "share",
            0.5,
            "admin",
            true,
            "org",
            Map.of("unit", "a", "levels", List.of(1L, "two")));
    return new Identity(
        "issuer",
        "ann",
        Set.of("r1", "r2"),
        claims,
        "t1",
        time.instant().plusSeconds(60),
        time.instant().plusSeconds(61),
        authority);
  }

  @Test
  void bringsInWhoItWasGivenToOnAnotherNode() {
    Authority key =
        new Authority.Scoped(
            List.of(
                new Scope(
                    Set.of(Action.SUBSCRIBE, Action.HISTORY), List.of(TopicPattern.of("a/#")))));
    for (Authority authority : List.of(Authority.POLICY, key)) {
      Identity identity = identity(authority);
      String ticket = first.issue(identity).orElseThrow().text();
      assertEquals(new AuthenticationResult.Authenticated(identity), second.redeem(ticket));
    }
  }

  @Test
  void isGoodForOneNode() {
    String ticket = first.issue(identity(Authority.POLICY)).orElseThrow().text();
    second.redeem(ticket);
    assertInstanceOf(AuthenticationResult.Refused.class, first.redeem(ticket));
    assertInstanceOf(AuthenticationResult.Refused.class, second.redeem(ticket));
  }

  @Test
  void oneThatWasUsedElsewhereCountsNoMore() {
    String ticket = first.issue(identity(Authority.POLICY)).orElseThrow().text();
    assertTrue(first.issue(identity(Authority.POLICY)).isPresent());
    assertTrue(first.issue(identity(Authority.POLICY)).isEmpty());
    second.redeem(ticket);
    assertTrue(first.issue(identity(Authority.POLICY)).isPresent());
  }
}
