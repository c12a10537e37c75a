/**
 * Sends messages to endpoints of Apache Camel.
 *
 * <p>Beside the flow, as {@code outlet} says. No route belongs here: an endpoint is all there is.
 */
@NullMarked
package io.openclaw.gateway.outlet.camel;

import org.jspecify.annotations.NullMarked;
