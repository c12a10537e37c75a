package io.openclaw.gateway.outlet.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends in transactions of the broker alone, for tests outside of a container. */
public final class LocalSending implements JmsSending {
  private final ConnectionFactory connections;
  private final AtomicInteger answersToLose = new AtomicInteger();

  public LocalSending(ConnectionFactory connections) {
    this.connections = connections;
  }

  /** Of so many commits nobody will learn that they worked. */
  void loseAnswers(int count) {
    answersToLose.set(count);
  }

  @Override
  public void together(Work work) throws JMSException {
    try (JMSContext context = connections.createContext(JMSContext.SESSION_TRANSACTED)) {
      work.in(context);
      context.commit();
    }
    if (answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("no answer");
    }
  }

  @Override
  public void alone(Work work) throws JMSException {
    try (JMSContext context = connections.createContext()) {
      work.in(context);
    }
  }
}
