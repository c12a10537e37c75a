package io.openclaw.gateway.lab;

import io.openclaw.gateway.bench.ProcessProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the nodes use, from one moment to another. */
final class Load {
  private final List<ProcessProbe> probes;
  private final List<Long> cpuNanos;
  private final long beganNanos = System.nanoTime();

  Load(LabNodes nodes) {
    probes =
        IntStream.range(0, nodes.size())
            .mapToObj(node -> new ProcessProbe(nodes.server(node).pid()))
            .toList();
    cpuNanos = probes.stream().map(ProcessProbe::cpuNanos).toList();
  }

  /** Processors used on average since it was made, and resident memory now, of each node. */
  String report() {
    double nanos = System.nanoTime() - beganNanos;
    List<String> each = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      double share = (probes.get(i).cpuNanos() - cpuNanos.get(i)) / nanos;
      long megabytes = probes.get(i).residentBytes() >> 20;
      each.add(String.format(Locale.ROOT, "node %d: %.2f processors, %d MiB", i, share, megabytes));
    }
    return String.join("; ", each);
  }
}
