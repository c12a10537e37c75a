package io.openclaw.gateway.source.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import org.jspecify.annotations.Nullable;

/** Transactions of the broker alone, for a consumer outside of a container. */
final class LocalTransactions implements JmsTransactions {
  private final ConnectionFactory connections;
  private @Nullable JMSContext context;
  private volatile int commitsToRefuse;

  LocalTransactions(ConnectionFactory connections) {
    this.connections = connections;
  }

  /** Rolls so many of the next commits back and throws, as a coordinator may do. */
  void refuseCommits(int count) {
    commitsToRefuse = count;
  }

  @Override
  public JMSContext begin() {
    JMSContext opened = connections.createContext(JMSContext.SESSION_TRANSACTED);
    context = opened;
    return opened;
  }

  @Override
  public void commit() {
    if (commitsToRefuse > 0) {
      commitsToRefuse--;
      throw new IllegalStateException("rolled back by somebody else");
    }
    if (context != null) {
      context.commit();
    }
  }

  @Override
  public void rollback() {
    if (context != null) {
      context.close();
      context = null;
    }
  }
}
