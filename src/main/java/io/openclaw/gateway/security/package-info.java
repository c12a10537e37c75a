/**
 * Who is there, what they may do, how much of it, and what is written down about that: identities
 * from tokens, keys and tickets; the access policy with the interceptor that asks it before each
 * command; revocations; limits; the audit trail.
 *
 * <p>Stands beside the pipeline: {@code command}, {@code session}, {@code rest} and the handshake
 * ask it, and it points at {@code topic} and {@code shape} only. Plain Java but for the interceptor
 * and JSON; the types of the libraries for tokens and buckets stay inside. No session, no wire
 * format and no reading of configuration belongs here.
 */
@NullMarked
package io.openclaw.gateway.security;

import org.jspecify.annotations.NullMarked;
