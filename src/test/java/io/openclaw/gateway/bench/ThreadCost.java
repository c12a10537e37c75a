package io.openclaw.gateway.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time of the calling thread. */
final class ThreadCost {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Something that may fail. */
  interface Work {
    void run() throws IOException;
  }

  private ThreadCost() {}

  /** Does the work and tells the CPU nanoseconds that it took. */
  static long of(Work work) throws IOException {
    long before = THREADS.getCurrentThreadCpuTime();
    work.run();
    return THREADS.getCurrentThreadCpuTime() - before;
  }
}
