package io.openclaw.gateway.outlet.jms;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.OutletException;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * A queue or topic of the broker; messages are persistent. What is sent together goes so:
 *
 * <ol>
 *   <li>in one transaction; when it is committed, all have arrived;
 *   <li>if that failed soon, and all messages have ids, one by one outside of it: a broker that
 *       knows ids (Artemis) drops those that it has, so that it does not matter what became of the
 *       transaction. It may have failed only because one of them was there already;
 *   <li>if that fails, or the transaction has taken long, it is not certain.
 * </ol>
 *
 * Thread-safe.
 */
public final class JmsOutlet implements Outlet {
  private static final Logger LOG = System.getLogger(JmsOutlet.class.getName());
  private static final String QUEUE = "queue/";
  private static final Duration SOON = Duration.ofSeconds(5);

  private final OutletAddress address;
  private final JmsSending sending;

  /**
   * @param address {@code jms:queue/NAME} or {@code jms:topic/NAME}
   */
  public JmsOutlet(OutletAddress address, JmsSending sending) {
    this.address = address;
    this.sending = sending;
  }

  @Override
  public void send(List<Outbound> messages) throws OutletException {
    long beginNanos = System.nanoTime();
    try {
      sending.together(context -> send(context, messages));
    } catch (Exception e) { // whatever fails here, nobody knows what arrived
      boolean soon = System.nanoTime() - beginNanos < SOON.toNanos();
      if (!soon || messages.stream().anyMatch(message -> message.id() == null)) {
        throw uncertain(e);
      }
      LOG.log(Level.DEBUG, address + ": sending one by one", e);
      sendOneByOne(messages, e);
    }
  }

  private void sendOneByOne(List<Outbound> messages, Exception first) throws OutletException {
    try {
      sending.alone(context -> send(context, messages));
    } catch (Exception e) {
      first.addSuppressed(e);
      throw uncertain(first);
    }
  }

  private OutletException uncertain(Exception e) {
    return new OutletException(address + ": " + e.getMessage(), e);
  }

  private void send(JMSContext context, List<Outbound> messages) throws JMSException {
    Destination destination = destination(context, address);
    for (Outbound message : messages) {
      context.createProducer().send(destination, JmsMessages.once(context, message));
    }
  }

  /** The queue or topic that an address names. */
  public static Destination destination(JMSContext context, OutletAddress address) {
    String rest = address.rest();
    String name = rest.substring(rest.indexOf('/') + 1);
    return rest.startsWith(QUEUE) ? context.createQueue(name) : context.createTopic(name);
  }

  /** Holds nothing: connections are the container's. */
  @Override
  public void close() {}
}
