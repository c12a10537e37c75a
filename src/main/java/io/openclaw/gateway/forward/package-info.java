/**
 * What clients publish, on its way: straight into the log, or first to a destination outside and
 * only then into the log.
 *
 * <p>Stage between {@code command} and {@code ingest}/{@code outlet}. Who may publish is decided
 * before; no broker and no wire format belongs here, and no thread of its own making.
 */
@NullMarked
package io.openclaw.gateway.forward;

import org.jspecify.annotations.NullMarked;
