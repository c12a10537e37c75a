package io.openclaw.gateway.request.jms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.forward.Deadlines;
import io.openclaw.gateway.forward.Provenance;
import io.openclaw.gateway.forward.UnansweredException;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.jms.LocalSending;
import io.openclaw.gateway.request.RequestSettings;
import io.openclaw.gateway.request.Requests;
import io.openclaw.gateway.request.ServiceSettings;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.jms.TestBroker;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicName;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
class JmsExchangeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestBroker broker = TestBroker.create();
  private final Deadlines deadlines = new Deadlines(System::nanoTime);
  private final Requests requests =
      new Requests(
          RequestSettings.DEFAULT,
          new Provenance(List.of()),
          deadlines,
          () -> UUID.randomUUID().toString());
  private final JmsExchange exchange =
      new JmsExchange(
          broker.connections(),
          new LocalSending(broker.connections()),
          requests,
          new JmsAnswers(100),
          () -> true,
          new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), new Random(1)));

  @BeforeEach
  void start() {
    new Thread(deadlines, "deadlines").start();
    new Thread(exchange, "exchange").start();
    requests.start(exchange, Thread::new);
    await().atMost(PATIENCE).until(exchange::isUp);
  }

  @AfterEach
  void stop() {
    exchange.stop();
    requests.stop();
    deadlines.stop();
    broker.close();
  }

  private CompletableFuture<Payload> ask(String json, Duration timeout) {
    ServiceSettings service =
        new ServiceSettings(
            TopicName.of("quotes"), OutletAddress.of("jms:queue/quotes"), timeout, PATIENCE);
    Identity ada = new Identity("ada", Set.of(), Map.of(), null, null);
    return requests.ask(
        new Requests.Asker(new Caller(ada, ""), "s1"), service, new Payload.Json(json), 0);
  }

  private static Payload answer(CompletableFuture<Payload> outcome) {
    return outcome.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static UnansweredException failure(CompletableFuture<Payload> outcome) {
    CompletionException e = assertThrows(CompletionException.class, () -> answer(outcome));
    return assertInstanceOf(UnansweredException.class, UnansweredException.in(e));
  }

  /** What a service does with one request. */
  private interface Answering {
    Message to(JMSContext context, Message request) throws JMSException;
  }

  private Message serve(Answering answering) throws JMSException {
    try (JMSContext context = broker.connections().createContext();
        JMSConsumer consumer = context.createConsumer(context.createQueue("quotes"))) {
      Message request = consumer.receive(PATIENCE.toMillis());
      Message answer = answering.to(context, request);
      answer.setJMSCorrelationID(request.getJMSCorrelationID());
      context.createProducer().send(request.getJMSReplyTo(), answer);
      return request;
    }
  }

  private static Message text(JMSContext context, String text) {
    return context.createTextMessage(text);
  }

  @Test
  void bringsTheAnswerOfAService() throws Exception {
    CompletableFuture<Payload> outcome = ask("{\"symbol\":\"ACME\"}", PATIENCE);
    Message request = serve((context, asked) -> text(context, "{\"price\":42.5}"));
    assertEquals(new Payload.Json("{\"price\":42.5}"), answer(outcome));
    assertEquals("{\"symbol\":\"ACME\"}", ((TextMessage) request).getText());
    assertEquals("ada", request.getStringProperty("openclaw_user"));
    assertEquals("s1", request.getStringProperty("openclaw_session"));
    assertEquals("quotes", request.getStringProperty("service"));
    assertTrue(request.getJMSExpiration() > 0);
  }

  @Test
  void bringsMapsBytesAndPlainText() throws Exception {
    CompletableFuture<Payload> outcome = ask("1", PATIENCE);
    serve(
        (context, asked) -> {
          MapMessage map = context.createMapMessage();
          map.setDouble("price", 42.5);
          return map;
        });
    assertEquals(new Payload.Json("{\"price\":42.5}"), answer(outcome));

    outcome = ask("2", PATIENCE);
    serve(
        (context, asked) -> {
          BytesMessage bytes = context.createBytesMessage();
          bytes.writeBytes(new byte[] {1, 2});
          return bytes;
        });
    assertEquals(2, assertInstanceOf(Payload.Binary.class, answer(outcome)).bytes());

    outcome = ask("3", PATIENCE);
    serve((context, asked) -> text(context, "plain"));
    assertEquals(new Payload.Json("\"plain\""), answer(outcome));
  }

  @Test
  void aServiceMayRefuseWithACodeOfItsOwn() throws Exception {
    CompletableFuture<Payload> outcome = ask("1", PATIENCE);
    serve(
        (context, asked) -> {
          Message refusal = text(context, "");
          refusal.setStringProperty("openclaw_error", "there is no ACME");
          refusal.setStringProperty("openclaw_error_code", "not_found");
          return refusal;
        });
    assertEquals("not_found", failure(outcome).code());

    outcome = ask("2", PATIENCE);
    serve(
        (context, asked) -> {
          Message refusal = text(context, "");
          refusal.setStringProperty("openclaw_error", "x".repeat(5_000));
          refusal.setStringProperty("openclaw_error_code", "none of them");
          return refusal;
        });
    UnansweredException failure = failure(outcome);
    assertEquals("bad_request", failure.code());
    assertEquals(1_000, String.valueOf(failure.getMessage()).length());
  }

  @Test
  void anAnswerThatCannotBeUsedIsARefusal() throws Exception {
    CompletableFuture<Payload> outcome = ask("1", PATIENCE);
    serve((context, asked) -> context.createObjectMessage("never read"));
    assertEquals("internal", failure(outcome).code());
    outcome = ask("2", PATIENCE);
    serve(
        (context, asked) -> {
          BytesMessage bytes = context.createBytesMessage();
          bytes.writeBytes(new byte[101]);
          return bytes;
        });
    assertEquals("internal", failure(outcome).code());
  }

  @Test
  void theBrokerDropsWhatNobodyWaitsForAnyMore() throws Exception {
    assertEquals("timeout", failure(ask("1", Duration.ofMillis(50))).code());
    CompletableFuture<Payload> second = ask("2", PATIENCE);
    Message request = serve((context, asked) -> text(context, "2"));
    assertEquals("2", ((TextMessage) request).getText());
    assertEquals(new Payload.Json("2"), answer(second));
  }

  @Test
  void whileTheBrokerIsAwayWhoWaitsAndWhoAsksIsToldAndAfterwardsItWorks() throws Exception {
    CompletableFuture<Payload> waiting = ask("1", PATIENCE);
    broker.take("quotes", 1);
    broker.stop();
    assertEquals("unavailable", failure(waiting).code());
    assertEquals("unavailable", failure(ask("2", PATIENCE)).code());
    broker.restart();
    await().atMost(PATIENCE).until(exchange::isUp);
    CompletableFuture<Payload> outcome = ask("3", PATIENCE);
    serve((context, asked) -> text(context, "3"));
    assertEquals(new Payload.Json("3"), answer(outcome));
  }
}
