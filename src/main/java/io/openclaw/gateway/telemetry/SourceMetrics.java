package io.openclaw.gateway.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceCounters.Counts;
import io.openclaw.gateway.source.SourceRegistry;
import io.openclaw.gateway.source.SourceRegistry.Running;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the sources: {@code openclaw.source.up}, {@code .lag} (in events or bytes), {@code
 * .events} by outcome, {@code .failures}. Sources come and go, and their meters with them: as many
 * label values as there are sources, which the configuration bounds. Thread-safe.
 */
public final class SourceMetrics {
  private final MeterRegistry meters;
  private final SourceRegistry sources;
  private final Map<Source, List<Meter>> known = new HashMap<>();

  public SourceMetrics(MeterRegistry meters, SourceRegistry sources) {
    this.meters = meters;
    this.sources = sources;
  }

  /** Brings the meters in line with the sources that there are now; before they are read. */
  public synchronized void refresh() {
    List<Running> running = sources.all();
    Iterator<Map.Entry<Source, List<Meter>>> old = known.entrySet().iterator();
    while (old.hasNext()) {
      Map.Entry<Source, List<Meter>> each = old.next();
      if (running.stream().noneMatch(one -> one.source() == each.getKey())) {
        each.getValue().forEach(meters::remove);
        old.remove();
      }
    }
    running.forEach(one -> known.computeIfAbsent(one.source(), source -> metersOf(one)));
  }

  private List<Meter> metersOf(Running one) {
    List<Meter> made = new ArrayList<>();
    Source source = one.source();
    made.add(
        Gauge.builder("openclaw.source.up", source, it -> it.state().isReady() ? 1 : 0)
            .description("1 while the source does what it was told to do")
            .tag("source", one.name())
            .register(meters));
    made.add(
        Gauge.builder("openclaw.source.lag", source, SourceMetrics::lag)
            .description("what waits at the neighbour, in events or bytes; NaN if nobody can tell")
            .tag("source", one.name())
            .register(meters));
    made.add(events(one, "accepted", Counts::accepted));
    made.add(events(one, "duplicate", Counts::duplicates));
    made.add(events(one, "dead-lettered", Counts::deadLettered));
    made.add(events(one, "skipped", Counts::skipped));
    made.add(
        FunctionCounter.builder("openclaw.source.failures", source, it -> it.counts().failures())
            .description("attempts that failed and were made again")
            .tag("source", one.name())
            .register(meters));
    return made;
  }

  private static double lag(Source source) {
    return source.lag().map(lag -> (double) lag.amount()).orElse(Double.NaN);
  }

  private Meter events(Running one, String outcome, ToDoubleFunction<Counts> count) {
    return FunctionCounter.builder(
            "openclaw.source.events", one.source(), it -> count.applyAsDouble(it.counts()))
        .description("events that the source brought, by what became of them")
        .tag("source", one.name())
        .tag("outcome", outcome)
        .register(meters);
  }
}
