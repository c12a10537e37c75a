/**
 * What a client or an administrator may ask, one method each, and the dispatcher that brings
 * commands to them.
 *
 * <p>Stage between {@code session} and {@code websocket}/{@code rest}. Everything that touches a
 * topic is {@code @Authorized}: the container's interceptor asks the access policy before the
 * method runs. No wire format and no socket belongs here.
 */
@NullMarked
package io.openclaw.gateway.command;

import org.jspecify.annotations.NullMarked;
