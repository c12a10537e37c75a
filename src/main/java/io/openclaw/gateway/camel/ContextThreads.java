package io.openclaw.gateway.camel;

import java.util.concurrent.ThreadFactory;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/** The server's threads under the names that Camel gives, with the classes of the connectors. */
record ContextThreads(ThreadFactory threads, ThreadFactory own, ClassLoader classes)
    implements ThreadFactory {
  @Override
  public Thread newThread(Runnable work) {
    Thread thread =
        threads.newThread(
            () ->
                ClassScope.<Boolean, RuntimeException>in(
                    classes,
                    () -> {
                      work.run();
                      return true;
                    }));
    thread.setName(own instanceof CamelThreadFactory camel ? camel.getName() : "camel");
    return thread;
  }
}
