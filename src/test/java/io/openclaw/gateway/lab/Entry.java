package io.openclaw.gateway.lab;

/**
 * One thing that happened to a client. Moments are those of {@link System#nanoTime()}.
 *
 * <p>Offsets count within the epoch of the last {@link Subscribed} or {@link Gap} before.
 */
sealed interface Entry {
  /** It began to connect to the node with that number. */
  record Connecting(long atNanos, int node) implements Entry {}

  /** Its subscription was taken. */
  record Subscribed(long atNanos, String epoch, long offset, boolean recovered) implements Entry {}

  /** A publication came. */
  record Came(long offset, long event) implements Entry {}

  /** All up to the offset has come: {@code live}, or a {@code ping} with a position. */
  record Live(long atNanos, long offset) implements Entry {}

  /** It was told that some publications will not come. */
  record Gap(long atNanos, String reason, String epoch, long from, long to) implements Entry {}

  /** The connection ended. The code is 0 if nobody said why. */
  record Lost(long atNanos, int code) implements Entry {}

  /** Something that the protocol does not allow. */
  record Wrong(String what) implements Entry {}
}
