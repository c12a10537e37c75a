package io.openclaw.gateway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a JVM uses, seen from outside: {@code /proc} for CPU and memory, {@code jcmd} for its heap.
 *
 * @param pid of the JVM, of the same user and the same JDK
 */
public record ProcessProbe(long pid) {
  private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String OURS = "io.openclaw.";

  /**
   * What lives after a full collection.
   *
   * @param total bytes
   * @param ours bytes of the gateway's own classes
   * @param instances how many there are of each of the gateway's own classes
   * @param bytes of each class, whosesoever
   */
  public record Heap(long total, long ours, Map<String, Long> instances, Map<String, Long> bytes) {
    /** The classes that have grown most since {@code before}, by bytes, the largest first. */
    public List<Map.Entry<String, Long>> growth(Heap before, int most) {
      return bytes.entrySet().stream()
          .map(
              each ->
                  Map.entry(
                      each.getKey(),
                      each.getValue() - before.bytes.getOrDefault(each.getKey(), 0L)))
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .limit(most)
          .toList();
    }

    /** Instances of one class of the gateway, by its name below {@code io.openclaw.gateway}. */
    public long count(String name) {
      return instances.getOrDefault(OURS + "gateway." + name, 0L);
    }
  }

  /** User and system time so far; a tick is 10 ms (proc(5), utime and stime). */
  public long cpuNanos() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
  }

  /** Bytes of physical memory (proc(5), VmRSS). */
  public long residentBytes() {
    return read("status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  /** Collects all garbage and looks at what is left; stops the JVM for that long. */
  public Heap heap() throws IOException {
    long total = 0;
    long ours = 0;
    Map<String, Long> instances = new HashMap<>();
    Map<String, Long> bytesByClass = new HashMap<>();
    for (String line : jcmd("GC.class_histogram").lines().toList()) {
      String[] columns = line.strip().split("\\s+");
      if (columns.length >= 4 && columns[0].endsWith(":")) {
        long bytes = Long.parseLong(columns[2]);
        total += bytes;
        bytesByClass.merge(columns[3], bytes, Long::sum);
        if (columns[3].contains(OURS)) {
          ours += bytes;
          instances.put(columns[3], Long.parseLong(columns[1]));
        }
      }
    }
    return new Heap(total, ours, instances, bytesByClass);
  }

  /** The stacks of all threads. */
  public String threads() throws IOException {
    return jcmd("Thread.print");
  }

  private String jcmd(String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join().isAlive()
        && process.exitValue() == 0) {
      return output;
    }
    throw new IOException(String.format(Locale.ROOT, "jcmd %d %s: %s", pid, command, output));
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new IllegalStateException("the server has ended, or this is not Linux", e);
    }
  }
}
