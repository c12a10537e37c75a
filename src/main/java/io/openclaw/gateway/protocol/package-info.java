/**
 * The wire contract as types: what a client may ask, what the server says, and the codecs between
 * them and JSON.
 *
 * <p>Stands beside the pipeline; points at {@code topic} only. No session, no delivery, no decision
 * about what is allowed belongs here.
 */
@NullMarked
package io.openclaw.gateway.protocol;

import org.jspecify.annotations.NullMarked;
