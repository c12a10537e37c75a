package io.openclaw.gateway.wiring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does something when the process is told to end (SIGTERM), before the server begins to: Payara
 * Micro cuts all connections within a quarter of a second, before the application is told. A second
 * signal does not wait for it.
 *
 * <p>The JDK has this in {@code sun.misc.Signal} (module {@code jdk.unsupported}), which is reached
 * by reflection, since not every deployment sees that. Thread-safe.
 */
final class TermSignal implements AutoCloseable {
  private static final Logger LOG = System.getLogger(TermSignal.class.getName());
  private static final String NAME = "TERM";

  private final Method handle;
  private final Method raise;
  private final Object signal;
  private final Object before;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private TermSignal(Runnable work) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal", true, null);
    Class<?> listener = Class.forName("sun.misc.SignalHandler", true, null);
    handle = type.getMethod("handle", type, listener);
    raise = type.getMethod("raise", type);
    signal = type.getConstructor(String.class).newInstance(NAME);
    before = handle.invoke(null, signal, listener(listener, work));
  }

  /** Has {@code work} done first; empty if this JVM does not let us. */
  static Optional<TermSignal> precede(Runnable work) {
    try {
      return Optional.of(new TermSignal(work));
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.INFO, "SIGTERM is left to the server: {0}", e.toString());
      return Optional.empty();
    }
  }

  private Object listener(Class<?> type, Runnable work) {
    AtomicBoolean begun = new AtomicBoolean();
    return Proxy.newProxyInstance(
        null,
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            if (begun.compareAndSet(false, true)) {
              work.run();
            }
            goOn();
          }
          return null;
        });
  }

  /** Whoever the signal was for before gets it now. */
  private void goOn() throws ReflectiveOperationException {
    close();
    raise.invoke(null, signal);
  }

  /** From now on it is the server's alone again. */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      try {
        handle.invoke(null, signal, before);
      } catch (ReflectiveOperationException e) {
        LOG.log(Level.WARNING, "SIGTERM could not be given back to the server", e);
      }
    }
  }
}
