package io.openclaw.gateway.request;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.forward.Deadlines;
import io.openclaw.gateway.forward.Provenance;
import io.openclaw.gateway.forward.UnansweredException;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Payload ONE = new Payload.Json("1");

  private final AtomicInteger ids = new AtomicInteger();
  private final Deadlines deadlines = new Deadlines(System::nanoTime);
  private final Wire wire = new Wire();
  private final Requests requests =
      new Requests(
          new RequestSettings(4, 2, 1),
          new Provenance(List.of()),
          deadlines,
          () -> "c" + ids.incrementAndGet());

  /** Keeps what is sent until the test asks for it. */
  private static final class Wire implements Exchange {
    final BlockingQueue<Question> sent = new LinkedBlockingQueue<>();
    volatile boolean up = true;
    volatile boolean broken;
    volatile boolean slow;

    @Override
    public boolean isUp() {
      return up;
    }

    @Override
    public void send(List<Question> questions) throws OutletException {
      while (slow) {
        LockSupport.parkNanos(1_000_000);
      }
      if (broken) {
        throw new OutletException("broken");
      }
      sent.addAll(questions);
    }

    Question next() throws InterruptedException {
      Question question = sent.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (question == null) {
        throw new AssertionError("nothing was sent");
      }
      return question;
    }
  }

  @BeforeEach
  void start() {
    new Thread(deadlines, "deadlines").start();
    requests.start(wire, Thread::new);
  }

  @AfterEach
  void stop() {
    wire.slow = false;
    requests.stop();
    deadlines.stop();
  }

  private CompletableFuture<Payload> ask(String session, Duration timeout) {
    ServiceSettings service =
        new ServiceSettings(
            TopicName.of("quotes"), OutletAddress.of("jms:queue/q"), timeout, PATIENCE);
    return requests.ask(new Requests.Asker(Caller.UNKNOWN, session), service, ONE, 0);
  }

  private CompletableFuture<Payload> ask(String session) {
    return ask(session, PATIENCE);
  }

  private static String code(CompletableFuture<Payload> outcome) {
    CompletionException e =
        assertThrows(
            CompletionException.class, () -> outcome.orTimeout(20, TimeUnit.SECONDS).join());
    return assertInstanceOf(UnansweredException.class, UnansweredException.in(e)).code();
  }

  private Requests.Counts counts() {
    return requests.counts();
  }

  @Test
  void eachAnswerGoesToItsQuestion() throws Exception {
    CompletableFuture<Payload> first = ask("s1");
    CompletableFuture<Payload> second = ask("s2");
    assertEquals("c1", wire.next().correlation());
    assertEquals("c2", wire.next().correlation());
    requests.answer("c2", new Answer.Given(new Payload.Json("2")));
    requests.answer("c1", new Answer.Refused("not_found", "no"));
    assertEquals(new Payload.Json("2"), second.orTimeout(20, TimeUnit.SECONDS).join());
    assertEquals("not_found", code(first));
    assertEquals(0, requests.waiting());
    assertEquals(new Requests.Counts(2, 2, 0, 0, 0), counts());
  }

  @Test
  void anAnswerThatComesTooLateIsCountedAndDropped() throws Exception {
    CompletableFuture<Payload> outcome = ask("s1", Duration.ofMillis(30));
    wire.next();
    assertEquals("timeout", code(outcome));
    assertEquals(0, requests.waiting());
    requests.answer("c1", new Answer.Given(ONE));
    requests.answer("of another life", new Answer.Given(ONE));
    assertEquals(new Requests.Counts(1, 0, 1, 0, 2), counts());
  }

  @Test
  void whatASessionAskedIsForgottenWithIt() throws Exception {
    ask("s1");
    CompletableFuture<Payload> other = ask("s2");
    wire.next();
    wire.next();
    requests.cancel("s1");
    assertEquals(1, requests.waiting());
    requests.answer("c1", new Answer.Given(ONE));
    requests.answer("c2", new Answer.Given(ONE));
    assertEquals(ONE, other.orTimeout(20, TimeUnit.SECONDS).join());
    assertEquals(new Requests.Counts(2, 1, 0, 1, 1), counts());
  }

  @Test
  void whatIsForgottenBeforeItWasSentIsNotSent() throws Exception {
    wire.slow = true;
    ask("s1");
    ask("s2");
    ask("s2");
    requests.cancel("s2");
    wire.slow = false;
    assertEquals("c1", wire.next().correlation());
    CompletableFuture<Payload> last = ask("s3");
    Question next = wire.next();
    assertTrue(next.correlation().equals("c4") || next.correlation().equals("c2"));
    requests.answer("c4", new Answer.Given(ONE));
    assertEquals(ONE, last.orTimeout(20, TimeUnit.SECONDS).join());
  }

  @Test
  void neitherASessionNorAllTogetherHaveMoreWaitingThanIsAllowed() {
    ask("s1");
    ask("s1");
    assertEquals("limit_exceeded", code(ask("s1")));
    ask("s2");
    ask("s2");
    assertEquals("limit_exceeded", code(ask("s3")));
    requests.answer("c1", new Answer.Given(ONE));
    ask("s3");
    assertEquals(4, requests.waiting());
  }

  @Test
  void withoutAWayBackNothingIsAsked() {
    wire.up = false;
    assertEquals("unavailable", code(ask("s1")));
    assertEquals(0, counts().asked());
  }

  @Test
  void whatCannotBeSentIsToldAtOnce() {
    wire.broken = true;
    assertEquals("unavailable", code(ask("s1")));
    assertEquals(0, requests.waiting());
  }

  @Test
  void whenTheWayBackIsLostAllThatWaitAreTold() throws Exception {
    CompletableFuture<Payload> outcome = ask("s1");
    wire.next();
    requests.failAll("lost");
    assertEquals("unavailable", code(outcome));
    await().atMost(PATIENCE).until(() -> requests.waiting() == 0);
  }
}
