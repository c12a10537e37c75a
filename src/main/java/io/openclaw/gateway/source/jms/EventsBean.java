package io.openclaw.gateway.source.jms;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Takes messages from the queue {@code openclaw.events}, one at a time so that their order holds.
 * The name is a setting of the server, see {@code glassfish-ejb-jar.xml} and {@code
 * jboss-ejb3.xml}. Each message has a container-managed transaction; what it brought is shown when
 * that is over.
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
    try {
      inbox.get().take(List.of(message), this::putAside, this::afterTransaction);
    } catch (JMSException | RuntimeException e) {
      LOG.log(Level.WARNING, "could not take a message, the broker will deliver it again", e);
      bean.setRollbackOnly();
    }
  }

  private void putAside(JmsDeadLetters.Letter letter) throws JMSException {
    try (JMSContext context = connections.createContext()) {
      new JmsDeadLetters(settings.get().deadLetterQueue()).put(context, letter);
    }
  }

  private void afterTransaction(Runnable action) {
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {}

          @Override
          public void afterCompletion(int status) {
            action.run();
          }
        });
  }
}
