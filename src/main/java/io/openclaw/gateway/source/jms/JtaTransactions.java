package io.openclaw.gateway.source.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of the container. A context is opened within each, as application servers demand:
 * only so is it enlisted on all of them. Its connection comes from the server's pool.
 */
final class JtaTransactions implements JmsTransactions {
  private static final Logger LOG = System.getLogger(JtaTransactions.class.getName());

  private final ConnectionFactory connections;
  private final UserTransaction transaction;
  private @Nullable JMSContext context;

  JtaTransactions(ConnectionFactory connections, UserTransaction transaction) {
    this.connections = connections;
    this.transaction = transaction;
  }

  @Override
  public JMSContext begin() throws Exception {
    transaction.begin();
    try {
      JMSContext opened = connections.createContext();
      context = opened;
      return opened;
    } finally {
      if (context == null) {
        rollback();
      }
    }
  }

  @Override
  public void commit() throws Exception {
    close();
    transaction.commit();
  }

  @Override
  public void rollback() {
    try {
      close();
    } finally {
      rollBackTransaction();
    }
  }

  private void rollBackTransaction() {
    try {
      if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
        transaction.rollback();
      }
    } catch (SystemException | RuntimeException e) {
      LOG.log(Level.DEBUG, "could not roll back", e);
    }
  }

  private void close() {
    JMSContext open = context;
    context = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "could not close the connection", e);
    }
  }
}
