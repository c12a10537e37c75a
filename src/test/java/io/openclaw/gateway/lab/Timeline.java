package io.openclaw.gateway.lab;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says what the lab did, with the time since its beginning. <i>Thread-safe.</i> */
final class Timeline {
  private final PrintStream out;
  private final long beganNanos = System.nanoTime();

  Timeline(PrintStream out) {
    this.out = out;
  }

  void say(String format, Object... arguments) {
    String what = String.format(Locale.ROOT, format, arguments);
    out.println(String.format(Locale.ROOT, "lab %7.1f s  %s", seconds(System.nanoTime()), what));
  }

  private double seconds(long atNanos) {
    return TimeUnit.NANOSECONDS.toMillis(atNanos - beganNanos) / 1000.0;
  }
}
