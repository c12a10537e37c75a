/**
 * Asks services outside and brings their answers back: what waits for an answer, for how long, and
 * on whose behalf.
 *
 * <p>Stage between {@code command} and {@code outlet}; how questions and answers travel is written
 * below this package. Who may ask is decided before.
 */
@NullMarked
package io.openclaw.gateway.request;

import org.jspecify.annotations.NullMarked;
