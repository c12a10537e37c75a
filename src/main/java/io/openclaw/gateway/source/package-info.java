/**
 * What all sources keep to: the loop with one connection at a time, the failure policy, state, lag
 * and counts, pause and resume; and the registry that starts, changes and stops them while the
 * gateway runs.
 *
 * <p>First stage of the pipeline, before {@code ingest}; each adapter has a package of its own
 * below this one. No broker, no database and no decision about an event belongs here.
 */
@NullMarked
package io.openclaw.gateway.source;

import org.jspecify.annotations.NullMarked;
