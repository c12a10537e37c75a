/**
 * The way out of the gateway, back into the enterprise: queues, topics and endpoints that messages
 * are sent to, by address. Client publications are forwarded through it, and sources put aside
 * through it what can never work.
 *
 * <p>Beside the flow, after {@code command} and {@code source}; each adapter has a package of its
 * own below this one. No decision about who may send what belongs here.
 */
@NullMarked
package io.openclaw.gateway.outlet;

import org.jspecify.annotations.NullMarked;
