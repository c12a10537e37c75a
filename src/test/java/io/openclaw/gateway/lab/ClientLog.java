package io.openclaw.gateway.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * What one client has written down. <i>Confined to the thread that writes; others read it when that
 * thread has ended.</i>
 *
 * @param client its name
 * @param topic the number of the topic that it wants, or {@link #ALL}
 */
record ClientLog(String client, int topic, List<Entry> entries) {
  static final int ALL = -1;

  ClientLog(String client, int topic) {
    this(client, topic, new ArrayList<>());
  }

  void add(Entry entry) {
    entries.add(entry);
  }
}
