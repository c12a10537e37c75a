package io.openclaw.gateway.source.jms;

import jakarta.jms.JMSContext;

/** How a consumer gets transactions, one at a time. Confined to the thread of the consumer. */
interface JmsTransactions {
  /**
   * Begins a transaction.
   *
   * @return the context in which messages are received and sent within it
   * @throws Exception if the broker cannot be reached; then nothing is to be rolled back
   */
  JMSContext begin() throws Exception;

  /**
   * Commits and closes the context.
   *
   * @throws Exception if it was rolled back or is in doubt: the broker may deliver again
   */
  void commit() throws Exception;

  /** Rolls back, if there is anything to roll back, and closes the context; never throws. */
  void rollback();
}
