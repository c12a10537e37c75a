/**
 * Puts the gateway together: settings, threads, time and randomness are handed to the packages
 * here, and everything is started and stopped in order.
 *
 * <p>Sees every package and is seen by none. No behaviour of its own belongs here.
 */
@NullMarked
package io.openclaw.gateway.wiring;

import org.jspecify.annotations.NullMarked;
