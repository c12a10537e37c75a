/**
 * What all sources have in common: how they are doing, what they have counted, how they wait
 * between attempts.
 *
 * <p>First stage of the pipeline, before {@code ingest}; each adapter has a package of its own
 * below this one. No broker, no database and no decision about an event belongs here.
 */
@NullMarked
package io.openclaw.gateway.source;

import org.jspecify.annotations.NullMarked;
