/**
 * What operators see: whether the gateway lives and is ready, and why not; and its numbers.
 *
 * <p>Looks in from the side; nothing on the delivery path waits for it.
 */
@NullMarked
package io.openclaw.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
