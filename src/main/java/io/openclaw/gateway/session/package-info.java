/**
 * The clients that are connected: for each a session with a bounded outbound queue and one write in
 * flight, and the few pump threads that fan out, catch up, write and watch over them.
 *
 * <p>Stage between {@code subscription} and {@code command}/{@code websocket}. Which thread does
 * what:
 *
 * <ul>
 *   <li>a <em>pump</em> owns a shard of sessions and everything in them that changes: it alone
 *       offers, writes, sweeps; it never blocks and never does I/O that could;
 *   <li>the container's threads bring commands and completions: they put a task into the pump's
 *       queue and are gone; they write to a socket only what it did not take from the pump;
 *   <li>whoever publishes wakes the pumps and is gone.
 * </ul>
 *
 * <p>Plain Java: connections are seen as {@link io.openclaw.gateway.session.Transport}; threads and
 * time are handed in.
 */
@NullMarked
package io.openclaw.gateway.session;

import org.jspecify.annotations.NullMarked;
