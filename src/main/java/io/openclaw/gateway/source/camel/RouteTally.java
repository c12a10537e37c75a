package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.source.SourceCounters;
import java.util.concurrent.atomic.LongAdder;

/** What the routes of one file have done, over all their lives. Thread-safe. */
final class RouteTally {
  private final SourceCounters counters = new SourceCounters();
  private final LongAdder gaps = new LongAdder();
  private volatile String trouble = "";
  private volatile String sickness = "";

  SourceCounters counters() {
    return counters;
  }

  void published(IngestResult result) {
    counters.count(result);
    trouble = "";
  }

  void retrying(String reason) {
    counters.failed();
    trouble = "trying again: " + reason;
  }

  void putAside() {
    counters.deadLettered(1);
    trouble = "";
  }

  void skipped() {
    counters.skipped(1);
    trouble = "";
  }

  /** A consumer of the log was too slow: something fell out of the log before it was read. */
  void gap() {
    gaps.increment();
  }

  /** An exchange that came from the log is through. */
  void passed() {
    trouble = "";
  }

  /** A consumer says that it gets nothing, and why; empty: all are well. */
  void unwell(String reason) {
    sickness = reason;
  }

  /** Why a consumer gets nothing; empty if all are well. */
  String sickness() {
    return sickness;
  }

  /** What an operator should know; empty if there is nothing. */
  String remark() {
    String now = trouble;
    long missed = gaps.sum();
    if (missed == 0) {
      return now;
    }
    String text = "fell out of the retention of the log " + missed + " times";
    return now.isEmpty() ? text : now + "; " + text;
  }
}
