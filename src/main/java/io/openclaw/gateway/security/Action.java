package io.openclaw.gateway.security;

/** What the access policy grants and denies on topics. */
public enum Action {
  /** Receive new publications, current values, and what was missed since a position. */
  SUBSCRIBE("subscribing to "),
  /** Send publications. */
  PUBLISH("publishing to "),
  /** See who is there. */
  PRESENCE("presence of "),
  /** Read publications of the past. */
  HISTORY("history of ");

  private final String phrase;

  Action(String phrase) {
    this.phrase = phrase;
  }

  /** What is asked for in words, {@code subscribing to stock/#}. */
  String of(Object topic) {
    return phrase + topic;
  }
}
