/**
 * Who is there and what they may do: identities from tokens, the access policy, and the interceptor
 * that asks it before each command.
 *
 * <p>Stands beside the pipeline: {@code command}, {@code rest} and the handshake ask it, and it
 * points at {@code topic} only. Plain Java but for the interceptor; the types of the token library
 * stay inside. No session, no wire format and no reading of configuration belongs here.
 */
@NullMarked
package io.openclaw.gateway.security;

import org.jspecify.annotations.NullMarked;
