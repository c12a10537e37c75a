package io.openclaw.gateway.camel;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * A Camel context of the gateway. Whoever made it starts and stops it; these are confined to one
 * thread at a time, the others are thread-safe.
 */
public final class EmbeddedContext implements AutoCloseable {
  private static final int MAX_REASON_CHARS = 500;

  private final DefaultCamelContext context;
  private final ClassLoader classes;
  private final Secrets secrets;
  private @Nullable ProducerTemplate template;

  EmbeddedContext(DefaultCamelContext context, ClassLoader classes, Secrets secrets) {
    this.context = context;
    this.classes = classes;
    this.secrets = secrets;
  }

  /** The context itself. */
  public DefaultCamelContext camel() {
    return context;
  }

  /**
   * Adds the routes of a YAML text before the start.
   *
   * @param file its name, which tells its language
   * @throws Exception if it is none
   */
  public void addRoutes(String file, String yaml) throws Exception {
    within(
        () -> {
          // Beans in the text need the type converters.
          context.build();
          Resource resource = ResourceHelper.fromString(file, yaml);
          PluginHelper.getRoutesLoader(context).loadRoutes(resource);
          return true;
        });
  }

  /** Starts it; what a component throws then comes out. */
  public void start() throws Exception {
    within(
        () -> {
          context.start();
          return true;
        });
  }

  /** Sends to endpoints of it; one and the same each time. */
  public ProducerTemplate template() {
    return within(this::madeTemplate);
  }

  private synchronized ProducerTemplate madeTemplate() {
    ProducerTemplate known = template;
    if (known == null) {
      known = context.createProducerTemplate();
      template = known;
    }
    return known;
  }

  /** An exchange for {@link #template()}. */
  public Exchange newExchange() {
    return new DefaultExchange(context);
  }

  /** Why something failed, in one line without secrets. */
  public String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String first = text(failure);
    String last = text(cause);
    String whole = first.contains(last) ? first : first + ": " + last;
    String masked = secrets.mask(URISupport.sanitizeUri(whole)).replaceAll("\\s+", " ").strip();
    return masked.length() <= MAX_REASON_CHARS ? masked : masked.substring(0, MAX_REASON_CHARS);
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  private <T, E extends Exception> T within(ClassScope.Work<T, E> work) throws E {
    return ClassScope.in(classes, work);
  }

  /** Stops it for good, within the time that exchanges under way may take. */
  @Override
  public void close() {
    within(
        () -> {
          context.stop();
          return true;
        });
  }
}
