package io.openclaw.gateway.request;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.OutletAddress;

/**
 * A request on its way to a service.
 *
 * @param correlation what its answer is known by; cannot be guessed
 * @param to where it goes
 * @param message what is sent
 * @param deadlineNanos by {@code System.nanoTime}: when nobody waits for the answer any more
 */
public record Question(
    String correlation, OutletAddress to, Outbound message, long deadlineNanos) {}
