package io.openclaw.gateway.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM that we started, with its output in a file. <i>Thread-safe.</i> */
final class ChildProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(4);

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the JVM that this one runs on with the given arguments.
   *
   * @param directory where it works and where its log goes; a new log for each start
   */
  static ChildProcess java(String name, Path directory, List<String> arguments) {
    return java(name, directory, arguments, Map.of());
  }

  /** The same with further environment variables, which only its own user can see. */
  static ChildProcess java(
      String name, Path directory, List<String> arguments, Map<String, String> variables) {
    Path log = directory.resolve(name + "-" + System.nanoTime() + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      return new ChildProcess(name, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Completes when the process has ended, with its exit code. */
  CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** What the process has written so far; empty when nothing. */
  String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of its output. */
  String tail(int lines) {
    List<String> all = output().lines().toList();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  /** Ends the process as a power cut would, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    await(GRACE);
  }

  /** Asks the process to end; kills it when it has not after a few seconds. */
  @Override
  public void close() {
    process.destroy();
    if (!await(GRACE)) {
      kill();
    }
  }

  private boolean await(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
