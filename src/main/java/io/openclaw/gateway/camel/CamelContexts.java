package io.openclaw.gateway.camel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.spi.StreamCachingStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Makes Camel contexts that live in this application. Each user has one of its own, so that nothing
 * of one, neither a broken route nor a connection, is left to another. Thread-safe.
 */
public final class CamelContexts {
  private final Parts parts;

  public CamelContexts(Parts parts) {
    this.parts = parts;
  }

  /**
   * What contexts are made with.
   *
   * @param threads makes the threads of Camel's pools; those that a client library makes by itself
   *     are its own
   * @param classes sees Camel, the components of the archive and those of the connectors
   * @param settings values of <code>{{key}}</code>, null if there is none
   * @param maxMemoryBytes a streamed body above it waits on disk
   * @param shutdown how long exchanges under way may take when a context is stopped
   * @param beans what components and routes find by name or type
   */
  public record Parts(
      ThreadFactory threads,
      ClassLoader classes,
      Function<String, @Nullable String> settings,
      int maxMemoryBytes,
      Duration shutdown,
      Map<String, Object> beans) {}

  /**
   * A new context, not started.
   *
   * @param name names it and its threads
   */
  public EmbeddedContext make(String name) {
    Secrets secrets = new Secrets(parts.settings());
    DefaultCamelContext context = within(() -> new DefaultCamelContext(false));
    context.setApplicationContextClassLoader(parts.classes());
    within(
        () -> {
          prepare(context, name, secrets);
          return context;
        });
    return new EmbeddedContext(context, parts.classes(), secrets);
  }

  private <T> T within(ClassScope.Work<T, RuntimeException> work) {
    return ClassScope.in(parts.classes(), work);
  }

  private void prepare(DefaultCamelContext context, String name, Secrets secrets) {
    context.disableJMX();
    ExtendedCamelContext extension = context.getCamelContextExtension();
    extension.setName(name);
    context.setStartupSummaryLevel(StartupSummaryLevel.Off);
    context
        .getExecutorServiceManager()
        .addThreadFactoryListener(
            (source, own) -> new ContextThreads(parts.threads(), own, parts.classes()));
    context
        .getExecutorServiceManager()
        .setShutdownAwaitTermination(Math.max(1, parts.shutdown().toMillis()));
    context.getPropertiesComponent().addPropertiesSource(secrets);
    parts.beans().forEach(context.getRegistry()::bind);
    bound(context.getShutdownStrategy());
    bound(context.getStreamCachingStrategy());
  }

  private void bound(ShutdownStrategy shutdown) {
    shutdown.setTimeUnit(TimeUnit.MILLISECONDS);
    shutdown.setTimeout(Math.max(1, parts.shutdown().toMillis()));
    shutdown.setShutdownNowOnTimeout(true);
    shutdown.setLogInflightExchangesOnTimeout(false);
  }

  private void bound(StreamCachingStrategy streams) {
    streams.setSpoolEnabled(true);
    streams.setSpoolThreshold(parts.maxMemoryBytes());
  }
}
