package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.security.Tickets.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Identity ANN = user("ann", null);

  private final ManualTime time = new ManualTime();
  private final AtomicInteger made = new AtomicInteger();
  private boolean believed = true;
  private final Tickets tickets = tickets(4, 3);

  private Tickets tickets(int maxCount, int maxPerUser) {
    return new Tickets(
        new TicketSettings(TTL, maxCount, maxPerUser),
        time,
        () -> "ticket" + made.incrementAndGet(),
        identity -> believed,
        null);
  }

  private static Identity user(String name, @Nullable Instant end) {
    return new Identity(name, Set.of(), Map.of(), null, end);
  }

  private Ticket issue(Identity identity) {
    return tickets.issue(identity).orElseThrow();
  }

  private void assertGood(Ticket ticket, Identity owner) {
    assertEquals(new AuthenticationResult.Authenticated(owner), tickets.redeem(ticket.text()));
  }

  private void assertNoGood(String ticket) {
    assertEquals(
        new AuthenticationResult.Refused(
            "the ticket is not good: unknown, used, or too old", false),
        tickets.redeem(ticket));
  }

  @Test
  void aTicketBringsInItsOwnerOnce() {
    Ticket ticket = issue(ANN);
    assertGood(ticket, ANN);
    assertNoGood(ticket.text());
  }

  @Test
  void whatIsNoTicketIsRefused() {
    issue(ANN);
    assertNoGood("");
    assertNoGood("ticket2");
    assertNoGood(ApiKey.sha256("ticket1"));
  }

  @Test
  void aTicketIsGoodForItsTimeAndNoLonger() {
    Ticket first = issue(ANN);
    Ticket second = issue(ANN);
    assertEquals(time.instant().plus(TTL), first.expires());
    time.pass(TTL.minusMillis(1));
    assertGood(first, ANN);
    time.pass(Duration.ofMillis(1));
    assertNoGood(second.text());
  }

  @Test
  void aTicketIsNotGoodForLongerThanTheTokenItWasGivenFor() {
    Instant end = time.instant().plusSeconds(5);
    Ticket ticket = issue(user("ann", end));
    assertEquals(end, ticket.expires());
    time.pass(Duration.ofSeconds(5));
    assertNoGood(ticket.text());
  }

  @Test
  void aTicketOfWhoIsBelievedNoMoreIsRefused() {
    Ticket ticket = issue(ANN);
    believed = false;
    assertNoGood(ticket.text());
  }

  @Test
  void ofTwoWhoShowOneTicketAtOnceOneComesIn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CyclicBarrier together = new CyclicBarrier(2);
    try {
      for (int i = 0; i < 500; i++) {
        Ticket ticket = issue(ANN);
        List<Future<AuthenticationResult>> results = new ArrayList<>();
        for (int j = 0; j < 2; j++) {
          results.add(
              threads.submit(
                  () -> {
                    together.await();
                    return tickets.redeem(ticket.text());
                  }));
        }
        int in = 0;
        for (Future<AuthenticationResult> result : results) {
          in += result.get() instanceof AuthenticationResult.Authenticated ? 1 : 0;
        }
        assertEquals(1, in);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void oneUserHasSoManyAndNoMoreUntilOneIsUsedOrTooOld() {
    Ticket first = issue(ANN);
    issue(ANN);
    issue(ANN);
    assertTrue(tickets.issue(ANN).isEmpty());
    assertGood(first, ANN);
    issue(ANN);
    assertTrue(tickets.issue(ANN).isEmpty());
    time.pass(TTL);
    issue(ANN);
  }

  @Test
  void thereAreSoManyInAllAndNoMore() {
    issue(ANN);
    issue(ANN);
    issue(user("ben", null));
    issue(user("ben", null));
    assertTrue(tickets.issue(user("cat", null)).isEmpty());
    time.pass(TTL);
    assertFalse(tickets.issue(user("cat", null)).isEmpty());
  }

  @Test
  void usersOfTheSameNameFromTwoIssuersAreCountedApart() {
    for (int i = 0; i < 3; i++) {
      issue(ANN);
    }
    Identity other =
        new Identity("b", "ann", Set.of(), Map.of(), null, null, null, Authority.POLICY);
    assertInstanceOf(Ticket.class, issue(other));
  }

  @Test
  void aTicketDoesNotShowItself() {
    assertEquals("Ticket[…]", issue(ANN).toString());
  }
}
