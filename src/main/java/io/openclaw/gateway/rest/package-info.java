/**
 * The HTTP edge below {@code /api/v1}: publishing, current values, history, tickets, and what
 * administrators ask for: sessions, revocations, the policy explained.
 *
 * <p>The outermost stage beside {@code websocket}: the same commands, the same policy, other words.
 * Errors are problem details (RFC 9457). No decision about topics belongs here.
 */
@NullMarked
package io.openclaw.gateway.rest;

import org.jspecify.annotations.NullMarked;
