package io.openclaw.gateway.source.jms;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Takes messages from the queue {@code openclaw.events}: the one that wakes it and, when many come,
 * those that wait behind it, all in one container-managed transaction; what they brought is shown
 * when that is over. There is one session, so that their order holds. The name is a setting of the
 * server, see {@code glassfish-ejb-jar.xml} and {@code jboss-ejb3.xml}.
 */
@MessageDriven(
    name = "EventsBean",
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "destination", propertyValue = "openclaw.events"),
      @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1"),
      // None in advance: the bean takes those behind a message by itself.
      @ActivationConfigProperty(propertyName = "consumerWindowSize", propertyValue = "0"),
      @ActivationConfigProperty(propertyName = "setupAttempts", propertyValue = "-1"),
      @ActivationConfigProperty(propertyName = "setupInterval", propertyValue = "1000")
    })
@SuppressWarnings("NullAway.Init") // the container fills the fields
public class EventsBean implements MessageListener {
  private static final Logger LOG = System.getLogger(EventsBean.class.getName());

  /** Resolved with the first message: a bean that cannot be made would leave its messages stuck. */
  @Inject private Instance<JmsInbox> inbox;

  @Inject private Instance<JmsSettings> settings;
  @Resource private MessageDrivenContext bean;
  @Resource private TransactionSynchronizationRegistry transaction;

  @Resource(name = "jms/ConnectionFactory")
  private ConnectionFactory connections;

  @Override
  public void onMessage(Message message) {
    try (Backlog backlog = new Backlog(connections, settings.get())) {
      JmsInbox events = inbox.get();
      events.awaitLog();
      int limit = events.surge().begin(System.nanoTime(), events.limit());
      take(events, backlog.take(message, limit), backlog);
    } catch (JMSException | RuntimeException e) {
      LOG.log(Level.WARNING, "could not take messages, the broker will deliver them again", e);
      bean.setRollbackOnly();
    }
  }

  private void take(JmsInbox events, List<Message> messages, Backlog backlog) throws JMSException {
    Surge surge = events.surge();
    afterTransaction(
        status -> {
          if (status == Status.STATUS_COMMITTED) {
            surge.committed(System.nanoTime(), messages.size());
          } else {
            surge.end();
          }
        });
    events.take(messages, backlog::putAside, action -> afterTransaction(status -> action.run()));
  }

  private void afterTransaction(IntConsumer action) {
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {}

          @Override
          public void afterCompletion(int status) {
            action.accept(status);
          }
        });
  }
}
