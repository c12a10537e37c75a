package io.openclaw.gateway.topic;

/** How publications of a topic are delivered. */
public enum TopicMode {
  /** Every publication, in order; whoever is too slow for that is disconnected and resumes. */
  EVENTS,
  /** The state: under pressure the newest value of a key replaces the older ones. */
  LATEST
}
