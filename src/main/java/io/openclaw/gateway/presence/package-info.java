/**
 * Who is on a topic, on all nodes: whoever has a subscription to it. That is state in the log, the
 * retained values of {@code $presence/<topic>}, one for each session; so it is ordered, recoverable
 * and the same everywhere, and joins and leaves are publications like any other.
 *
 * <p>Beside the flow: {@code session} tells what is subscribed to, {@code command} asks, the rest
 * is appends to {@code log}. Plain Java; must not touch connections or look into what is published.
 */
@NullMarked
package io.openclaw.gateway.presence;

import org.jspecify.annotations.NullMarked;
