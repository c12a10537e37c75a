/**
 * Who wants what, and bringing it to them: the registry of subscriptions, fan-out of what is new,
 * catch-up with what was missed.
 *
 * <p>Stage between {@code topic}/{@code log} and {@code session}. Everything of one shard of
 * subscribers is confined to the thread that runs its {@link
 * io.openclaw.gateway.subscription.FanOut}: one thread reads the log, offers, subscribes and
 * catches up, so that nothing can slip between history and live. No socket, no queue, no policy
 * belongs here; receivers are seen as {@link io.openclaw.gateway.subscription.Subscriber}.
 */
@NullMarked
package io.openclaw.gateway.subscription;

import org.jspecify.annotations.NullMarked;
