/**
 * The WebSocket edge: the handshake filter, the endpoint at {@code /ws}, and the transports that
 * write to a connection: whole frames directly where one class knows the container, else with the
 * standard API.
 *
 * <p>The outermost stage: it turns the container's callbacks into calls of {@code command} and
 * {@code session}, and sends what a session asks it to. No decision about topics belongs here.
 */
@NullMarked
package io.openclaw.gateway.websocket;

import org.jspecify.annotations.NullMarked;
