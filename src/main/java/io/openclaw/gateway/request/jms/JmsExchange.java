package io.openclaw.gateway.request.jms;

import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.outlet.jms.JmsMessages;
import io.openclaw.gateway.outlet.jms.JmsOutlet;
import io.openclaw.gateway.outlet.jms.JmsSending;
import io.openclaw.gateway.request.Exchange;
import io.openclaw.gateway.request.Question;
import io.openclaw.gateway.request.Requests;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.Pause;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends questions, and receives the answers from a temporary queue of its own, in the thread that
 * runs it. When that is lost, whoever waits is told, and another one is made, again and again,
 * until it works. Questions may be sent by any thread.
 */
public final class JmsExchange implements Exchange, Runnable {
  private static final Logger LOG = System.getLogger(JmsExchange.class.getName());
  private static final long WAIT_MILLIS = 500;
  private static final Duration IDLE = Duration.ofMillis(500);

  private final ConnectionFactory connections;
  private final JmsSending sending;
  private final Requests requests;
  private final JmsAnswers answers;
  private final BooleanSupplier wanted;
  private final Backoff backoff;
  private final Pause pause = new Pause();
  private volatile @Nullable Destination replies;

  /**
   * @param answers reads them
   * @param wanted whether there is anything to ask: while not, no connection is held
   */
  public JmsExchange(
      ConnectionFactory connections,
      JmsSending sending,
      Requests requests,
      JmsAnswers answers,
      BooleanSupplier wanted,
      Backoff backoff) {
    this.connections = connections;
    this.sending = sending;
    this.requests = requests;
    this.answers = answers;
    this.wanted = wanted;
    this.backoff = backoff;
  }

  @Override
  public boolean isUp() {
    return replies != null;
  }

  @Override
  public void send(List<Question> questions) throws OutletException {
    Destination to = replies;
    if (to == null) {
      throw new OutletException("answers cannot be received now");
    }
    try {
      sending.alone(context -> send(context, to, questions));
    } catch (Exception e) { // whatever fails here, nobody knows what arrived
      throw new OutletException("requests could not be sent", e);
    }
  }

  private static void send(JMSContext context, Destination replyTo, List<Question> questions)
      throws JMSException {
    for (Question question : questions) {
      long millis = (question.deadlineNanos() - System.nanoTime()) / 1_000_000;
      if (millis > 0) {
        Message message = JmsMessages.of(context, question.message());
        message.setJMSReplyTo(replyTo);
        message.setJMSCorrelationID(question.correlation());
        context
            .createProducer()
            .setTimeToLive(millis)
            .send(JmsOutlet.destination(context, question.to()), message);
      }
    }
  }

  @Override
  public void run() {
    while (!pause.isOver()) {
      try {
        if (wanted.getAsBoolean()) {
          receive();
        } else {
          pause.await(IDLE);
        }
      } catch (JMSException | RuntimeException e) { // whatever fails here, it must go on
        lost(e);
      }
    }
  }

  /** Lets the thread end soon. */
  public void stop() {
    pause.end();
  }

  private void receive() throws JMSException {
    try (JMSContext context = connections.createContext()) {
      TemporaryQueue queue = context.createTemporaryQueue();
      try (JMSConsumer consumer = context.createConsumer(queue)) {
        replies = queue;
        LOG.log(backoff.failures() > 0 ? Level.INFO : Level.DEBUG, "answers can be received");
        backoff.reset();
        while (!pause.isOver() && wanted.getAsBoolean()) {
          take(consumer.receive(WAIT_MILLIS));
        }
      }
    } finally {
      replies = null;
    }
  }

  private void take(@Nullable Message message) throws JMSException {
    String correlation = message == null ? null : message.getJMSCorrelationID();
    if (message != null) {
      requests.answer(correlation == null ? "" : correlation, answers.read(message));
    }
  }

  private void lost(Exception e) {
    if (pause.isOver()) {
      return;
    }
    if (backoff.failures() == 0) {
      LOG.log(Level.WARNING, "answers cannot be received, trying again", e);
    }
    requests.failAll("the broker is away: nobody knows whether it was answered");
    pause.await(backoff.next());
  }
}
