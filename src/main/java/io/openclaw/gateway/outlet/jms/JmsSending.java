package io.openclaw.gateway.outlet.jms;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;

/** The two ways to the broker. Both block for a bounded time. Thread-safe. */
public interface JmsSending {
  /** Sends with a context that is closed afterwards. */
  @FunctionalInterface
  interface Work {
    void in(JMSContext context) throws JMSException;
  }

  /**
   * All that is sent arrives, or nothing; returns when it has.
   *
   * @throws Exception if it was rolled back or is in doubt
   */
  void together(Work work) throws Exception;

  /**
   * Each message arrives for itself, as soon as it is sent.
   *
   * @throws Exception if one failed: those before it have arrived, of itself nobody knows
   */
  void alone(Work work) throws Exception;
}
