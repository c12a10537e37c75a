/**
 * What the tests of ready-made routes are made of: numbered events, those who send them to a real
 * server through its faults, and the check of what has arrived.
 */
@NullMarked
package io.openclaw.gateway.connector;

import org.jspecify.annotations.NullMarked;
