package io.openclaw.gateway.source.kafka;

/** How the value of a record is read. */
public enum ValueFormat {
  /** JSON if it is that, else a JSON string if it is text (UTF-8), else binary. */
  AUTO,
  /** JSON; a value that is none can never work. */
  JSON,
  /** A JSON string of the text, whatever it looks like; not UTF-8 can never work. */
  STRING,
  /** The bytes as they are. */
  BYTES
}
