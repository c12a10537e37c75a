package io.openclaw.gateway.dev;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** {@code ./openclaw run}: one development run in the foreground. */
public final class Run {
  private static final Duration END_LIMIT = Duration.ofSeconds(9);

  private Run() {}

  /** Ends with 0 when asked to end, 1 when something went wrong, 2 for a wrong command line. */
  public static void main(String[] arguments) {
    Path home = Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
    RunOptions options = options(arguments, home);
    if (options.help()) {
      System.out.println(RunOptions.USAGE);
      return;
    }
    if (!Ports.isFree(options.port())) {
      fail(1, "port " + options.port() + " is taken; choose another one with --port N");
    }
    run(new DevelopmentRun(home, options, System.out));
  }

  private static RunOptions options(String[] arguments, Path home) {
    try {
      return RunOptions.parse(arguments, home.resolve("server-config/openclaw.yaml"));
    } catch (IllegalArgumentException e) {
      fail(2, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static void run(DevelopmentRun run) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(run), "end"));
    String trouble;
    try {
      run.start();
      trouble = run.awaitTrouble();
    } catch (Exception e) {
      trouble = String.valueOf(e.getMessage());
    }
    if (run.isClosed()) {
      awaitEnd();
    }
    fail(1, trouble);
  }

  /** Runs when the JVM ends, for whatever reason. */
  private static void end(DevelopmentRun run) {
    System.out.println("openclaw: stopping …");
    Thread closing = new Thread(run::close, "close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(END_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    System.out.println("openclaw: stopped");
  }

  /** The JVM is ending already: its exit code is decided. */
  private static void awaitEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fail(int code, String message) {
    System.err.println("openclaw: " + message);
    System.exit(code);
  }
}
