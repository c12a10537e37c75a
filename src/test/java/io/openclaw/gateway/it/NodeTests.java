package io.openclaw.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tests in {@code src/test/js}: whether they can run here, and running them. */
final class NodeTests {
  private static final Path DIRECTORY = Path.of("src/test/js").toAbsolutePath();
  private static final int OLDEST_NODE = 20;
  private static final Pattern MAJOR_VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);
  private static final Duration LIMIT = Duration.ofMinutes(8);

  private final Path log;

  /**
   * @param log where the output goes
   */
  NodeTests(Path log) {
    this.log = log;
  }

  /** What a run came to. */
  record Outcome(int exitCode, String output) {
    /** The lines that matter to people: what failed, what was left out and why, the counts. */
    String summary() {
      List<String> lines =
          output
              .lines()
              .filter(line -> line.matches("\\s*not ok .*|.*# SKIP.*|# (tests|pass|fail) .*"))
              .toList();
      return String.join("\n", lines);
    }
  }

  /** Why the tests can't run here, or an empty text. */
  String obstacle() {
    try {
      Matcher version = MAJOR_VERSION.matcher(run(List.of("node", "--version"), Map.of()).output());
      if (!version.matches() || Integer.parseInt(version.group(1)) < OLDEST_NODE) {
        return "Node is older than " + OLDEST_NODE;
      }
      return isInstalled() || install() ? "" : "npm ci failed, see " + log;
    } catch (UncheckedIOException e) {
      return "there is no Node or npm: " + e.getMessage();
    }
  }

  /** Runs all of them. */
  Outcome run(Map<String, String> environment) {
    return run(List.of("node", "--test", "--test-reporter=tap"), environment, LIMIT);
  }

  private static boolean isInstalled() {
    Path installed = DIRECTORY.resolve("node_modules/.package-lock.json");
    try {
      return Files.exists(installed)
          && Files.getLastModifiedTime(installed)
                  .compareTo(Files.getLastModifiedTime(DIRECTORY.resolve("package-lock.json")))
              >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean install() {
    List<String> command = List.of("npm", "ci", "--no-fund", "--no-audit");
    return run(command, Map.of(), INSTALL_LIMIT).exitCode() == 0;
  }

  private Outcome run(List<String> command, Map<String, String> environment) {
    return run(command, environment, Duration.ofSeconds(30));
  }

  private Outcome run(List<String> command, Map<String, String> environment, Duration limit) {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.directory(DIRECTORY.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return new Outcome(
          ended ? process.exitValue() : -1, Files.readString(log, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
