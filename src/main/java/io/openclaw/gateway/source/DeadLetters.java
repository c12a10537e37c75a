package io.openclaw.gateway.source;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.topic.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Puts what can never work aside at an outlet, for sources whose neighbour has no place for it: the
 * body as it came, what the source knows about it as properties, and {@code openclaw_reason},
 * {@code openclaw_code} and {@code openclaw_source} besides.
 */
public final class DeadLetters {
  private final String source;
  private final Outlet outlet;

  /**
   * @param source the name of the source
   * @param outlet where they go
   */
  public DeadLetters(String source, Outlet outlet) {
    this.source = source;
    this.outlet = outlet;
  }

  /**
   * What is kept of something that was received.
   *
   * @param id names it at the source: partition and offset, position in a log
   * @param body as it came
   * @param properties what else is known: its topic there, its headers
   */
  public record Letter(String id, Payload body, Map<String, String> properties) {}

  /**
   * Puts them aside; returns when they are safe. Does nothing if there are none.
   *
   * @throws OutletException if that is not certain: the source must not acknowledge
   */
  public <R> void put(List<Intake.Refused<R>> refused, Function<R, Letter> letters)
      throws OutletException {
    if (refused.isEmpty()) {
      return;
    }
    List<Outbound> messages = new ArrayList<>(refused.size());
    for (Intake.Refused<R> one : refused) {
      Letter letter = letters.apply(one.original());
      Map<String, String> properties = new LinkedHashMap<>(letter.properties());
      properties.put("openclaw_reason", one.why().reason());
      properties.put("openclaw_code", one.why().code());
      properties.put("openclaw_source", source);
      messages.add(new Outbound("", null, letter.body(), source + ":" + letter.id(), properties));
    }
    outlet.send(messages);
  }
}
