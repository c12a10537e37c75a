package io.openclaw.gateway.outlet.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Sends in transactions of the container. A context is opened within each, as application servers
 * demand: only so is it enlisted on all of them. Its connection comes from the server's pool.
 *
 * @param timeout after which the container rolls a transaction back
 */
public record JtaSending(
    ConnectionFactory connections, UserTransaction transaction, Duration timeout)
    implements JmsSending {
  private static final Logger LOG = System.getLogger(JtaSending.class.getName());

  @Override
  public void together(Work work) throws Exception {
    endTransaction();
    transaction.setTransactionTimeout((int) timeout.toSeconds());
    transaction.begin();
    try {
      alone(work);
      transaction.commit();
    } finally {
      endTransaction();
    }
  }

  @Override
  public void alone(Work work) throws JMSException {
    try (JMSContext context = connections.createContext()) {
      work.in(context);
    }
  }

  /** Leaves the thread without a transaction, whatever became of the last one. */
  private void endTransaction() {
    try {
      if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
        transaction.rollback();
      }
    } catch (SystemException | RuntimeException e) {
      LOG.log(Level.DEBUG, "could not roll back", e);
    }
  }
}
