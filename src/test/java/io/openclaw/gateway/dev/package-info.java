/**
 * The development run, and the pieces it is made of: a real broker, a real database, a real server
 * with the built WAR, and a feed. Tests start the same pieces. Everything listens on loopback only
 * and leaves nothing behind when closed. No code of the gateway itself may be here, and nothing of
 * the gateway may depend on it.
 */
@NullMarked
package io.openclaw.gateway.dev;

import org.jspecify.annotations.NullMarked;
