/**
 * A shop whose orders appear in browsers as soon as they are committed: what an application does
 * that runs beside the gateway.
 */
@NullMarked
package io.openclaw.sample;

import org.jspecify.annotations.NullMarked;
