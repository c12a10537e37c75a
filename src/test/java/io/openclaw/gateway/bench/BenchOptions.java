package io.openclaw.gateway.bench;

import io.openclaw.gateway.dev.ServerKind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What was asked for on the command line.
 *
 * @param servers one after the other
 * @param extent how long and how much
 * @param scenarios in the order in which they are declared
 * @param heapMegabytes the server's {@code -Xmx}
 * @param help whether only the options are to be explained
 */
record BenchOptions(
    List<ServerKind> servers,
    Extent extent,
    Set<Scenario> scenarios,
    int heapMegabytes,
    boolean help) {
  private static final int HEAP_MEGABYTES = 1_500;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one line for the user
   */
  static BenchOptions parse(String[] arguments) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    BenchOptions options =
        new BenchOptions(
            List.of(ServerKind.PAYARA),
            new Extent(false),
            EnumSet.allOf(Scenario.class),
            HEAP_MEGABYTES,
            false);
    while (!rest.isEmpty()) {
      options = options.with(rest.remove(), rest);
    }
    return options;
  }

  private BenchOptions with(String option, Deque<String> rest) {
    return switch (option) {
      case "--server" ->
          new BenchOptions(servers(value(option, rest)), extent, scenarios, heapMegabytes, help);
      case "--quick" -> new BenchOptions(servers, new Extent(true), scenarios, heapMegabytes, help);
      case "--only" ->
          new BenchOptions(servers, extent, scenarios(value(option, rest)), heapMegabytes, help);
      case "--heap" ->
          new BenchOptions(servers, extent, scenarios, heap(value(option, rest)), help);
      case "--help", "-h" -> new BenchOptions(servers, extent, scenarios, heapMegabytes, true);
      default ->
          throw new IllegalArgumentException(
              "unknown option " + option + " (./openclaw bench --help shows what there is)");
    };
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.remove();
  }

  private static List<ServerKind> servers(String name) {
    return name.equals("both")
        ? List.of(ServerKind.values())
        : List.of(
            ServerKind.of(name)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "--server is payara, wildfly or both, not " + name)));
  }

  private static Set<Scenario> scenarios(String names) {
    Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
    for (String name : names.split(",", -1)) {
      scenarios.add(
          Scenario.of(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--only: there is no " + name + " (--help shows what there is)")));
    }
    return scenarios;
  }

  private static int heap(String text) {
    try {
      int megabytes = Integer.parseInt(text);
      if (megabytes >= 256 && megabytes <= 65_536) {
        return megabytes;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of range
    }
    throw new IllegalArgumentException("--heap is a number of MB from 256 to 65536, not " + text);
  }

  /** The options, for people. */
  static String usage() {
    StringBuilder usage =
        new StringBuilder(
            """
            Usage: ./openclaw bench [--server payara|wildfly|both] [--quick] [--only LIST] [--heap MB]

            Measures the gateway on a real server, on 127.0.0.1 only, and prints a table. Takes about ten
            minutes for each server; with --quick, three. Linux only: CPU and memory are read from /proc.

              --server NAME    payara (the default), wildfly, or both
              --quick          shorter windows and smaller counts: to see that it works
              --only LIST      some of what there is, with commas between
              --heap MB        the server's largest heap (1500)

            What there is:
            """);
    for (Scenario scenario : Scenario.values()) {
      usage.append(Text.format("  %-15s  %s%n", scenario.option(), scenario.title()));
    }
    return usage.toString().stripTrailing();
  }
}
