package io.openclaw.gateway.bench;

import io.openclaw.gateway.dev.ServerKind;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code ./openclaw bench}: measures, prints a table, and ends. */
public final class Bench {
  private final Path home;
  private final BenchOptions options;
  private final Report report = new Report();
  private final AtomicReference<@Nullable Rig> running = new AtomicReference<>();

  private Bench(Path home, BenchOptions options) {
    this.home = home;
    this.options = options;
  }

  /** Ends with 0, with 1 when something could not be measured, 2 for a wrong command line. */
  public static void main(String[] arguments) {
    BenchOptions options = options(arguments);
    if (options.help()) {
      System.out.println(BenchOptions.usage());
      return;
    }
    Path home = Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
    System.exit(new Bench(home, options).run() ? 0 : 1);
  }

  private static BenchOptions options(String[] arguments) {
    try {
      return BenchOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("openclaw: " + e.getMessage());
      System.exit(2);
      throw e;
    }
  }

  private boolean run() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    boolean whole = true;
    for (ServerKind server : options.servers()) {
      for (Scenario scenario : options.scenarios()) {
        whole &= measure(server, scenario);
      }
    }
    System.out.println();
    System.out.println(Machine.describe());
    System.out.println();
    System.out.print(report.markdown());
    return whole;
  }

  private boolean measure(ServerKind server, Scenario scenario) {
    System.out.println("openclaw: " + server.title() + ": " + scenario.title());
    Report.Column figures = report.column(server.title());
    boolean database = scenario.measurement().needsDatabase();
    try (Rig rig = Rig.start(server, home, options.heapMegabytes(), database)) {
      running.set(rig);
      scenario.measurement().run(rig, figures, options.extent());
      return true;
    } catch (Exception e) {
      System.err.println("openclaw: could not be measured: " + e);
      figures.put(scenario.title(), "could not be measured");
      return false;
    } finally {
      running.set(null);
    }
  }

  /** Runs when the JVM ends, in the middle of a measurement too. */
  private void end() {
    Rig rig = running.get();
    if (rig != null) {
      rig.close();
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
