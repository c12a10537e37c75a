/**
 * What decides about and changes publications by configuration: conditions, for now.
 *
 * <p>Between {@code ingest} and {@code topic}, and asked by {@code subscription} for filters. Plain
 * Java: fields come by name from whoever has parsed them. No wire format belongs here.
 */
@NullMarked
package io.openclaw.gateway.shape;

import org.jspecify.annotations.NullMarked;
