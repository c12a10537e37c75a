package io.openclaw.gateway.security;

import java.util.Locale;

/** What the access policy grants and denies on topics. */
public enum Action {
  /** Receive new publications, current values, and what was missed since a position. */
  SUBSCRIBE("subscribing to "),
  /** Send publications. */
  PUBLISH("publishing to "),
  /** See who is there. */
  PRESENCE("presence of "),
  /** Read publications of the past. */
  HISTORY("history of "),
  /** Ask a service, by its name, which is written like a topic. */
  REQUEST("asking ");

  private final String phrase;
  private final String wire = name().toLowerCase(Locale.ROOT);

  Action(String phrase) {
    this.phrase = phrase;
  }

  /** The word in policies, {@code subscribe}. */
  public String wire() {
    return wire;
  }

  /** What is asked for in words, {@code subscribing to stock/#}. */
  String of(Object topic) {
    return phrase + topic;
  }
}
