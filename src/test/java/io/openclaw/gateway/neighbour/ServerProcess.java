package io.openclaw.gateway.neighbour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One program with its children, its output in a file. <i>Confined to one thread.</i> */
final class ServerProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 50;

  private final List<String> command;
  private final Map<String, String> variables;
  private final Path directory;
  private @Nullable Process process;

  /**
   * @param command the program and its arguments
   * @param variables added to the environment
   * @param directory where it works and where its log goes; made if it is missing
   */
  ServerProcess(List<String> command, Map<String, String> variables, Path directory) {
    this.command = List.copyOf(command);
    this.variables = Map.copyOf(variables);
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and returns when {@code ready} says so. */
  void start(BooleanSupplier ready) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(variables);
    try {
      Process started = builder.start();
      process = started;
      await(started, ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(Process started, BooleanSupplier ready) {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!ready.getAsBoolean()) {
      if (!started.isAlive() || System.nanoTime() > end) {
        kill();
        throw new IllegalStateException(command.get(0) + " did not start:\n" + output());
      }
      pause();
    }
  }

  /** SIGKILL for it and its children; returns when they are gone. */
  void kill() {
    Process now = process;
    process = null;
    if (now == null) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>(now.descendants().toList());
    all.add(0, now.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }

  /** What it has written. */
  String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return directory.resolve("output.log");
  }

  /** Whether somebody accepts connections at {@code port} of 127.0.0.1. */
  static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs a program to its end; what it says and how it ends does not matter. */
  static void run(List<String> command, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(variables);
    try {
      builder.start().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
