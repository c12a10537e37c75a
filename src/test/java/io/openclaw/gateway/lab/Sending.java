package io.openclaw.gateway.lab;

import org.jspecify.annotations.Nullable;

/**
 * An event that a publisher has brought in: its transaction with the broker is committed, or the
 * gateway has answered.
 *
 * @param event its number, which is its event id too
 * @param topic the number of its topic
 * @param sentNanos when it was sent first
 * @param answer where the gateway has put it, null if it was not asked
 */
record Sending(long event, int topic, long sentNanos, @Nullable Place answer) {
  /** An offset in an epoch. */
  record Place(String epoch, long offset) {}
}
