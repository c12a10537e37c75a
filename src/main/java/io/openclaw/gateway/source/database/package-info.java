/**
 * Rows of a database become source events.
 *
 * <p>First stage of the pipeline, before {@code ingest}: reads the outbox table in commit-safe
 * order, one active reader for all nodes, and installs the triggers that feed it from watched
 * tables. Knows no session, no subscription and no wire format of clients.
 */
@NullMarked
package io.openclaw.gateway.source.database;

import org.jspecify.annotations.NullMarked;
