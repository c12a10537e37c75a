package io.openclaw.gateway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures, one line for each thing measured and one column for each server. */
final class Report {
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
  private final List<String> servers = new ArrayList<>();

  /** Where the figures of one server go. */
  Column column(String server) {
    if (!servers.contains(server)) {
      servers.add(server);
    }
    return (measured, figure) -> put(measured, server, figure);
  }

  private synchronized void put(String measured, String server, String figure) {
    rows.computeIfAbsent(measured, key -> new LinkedHashMap<>()).put(server, figure);
  }

  /** Takes figures. */
  interface Column {
    /** Adds a figure with its unit, or says why there is none. */
    void put(String measured, String figure);
  }

  /** A Markdown table. */
  synchronized String markdown() {
    StringBuilder table = new StringBuilder("| |");
    servers.forEach(server -> table.append(' ').append(server).append(" |"));
    table.append("\n|---|").append("---|".repeat(servers.size())).append('\n');
    rows.forEach(
        (measured, figures) -> {
          table.append("| ").append(measured).append(" |");
          servers.forEach(
              server -> table.append(' ').append(figures.getOrDefault(server, "–")).append(" |"));
          table.append('\n');
        });
    return table.toString();
  }
}
