/**
 * Queues and topics of the broker as outlets: {@code jms:queue/NAME} and {@code jms:topic/NAME}.
 *
 * <p>An adapter below {@code outlet}: writes messages and sends them in the container's
 * transactions. No decision about what is sent belongs here.
 */
@NullMarked
package io.openclaw.gateway.outlet.jms;

import org.jspecify.annotations.NullMarked;
