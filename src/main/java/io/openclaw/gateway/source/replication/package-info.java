/**
 * Events from PostgreSQL by logical replication: the rows of tables as they are, then each change
 * of them as the database's own log tells it, without any change to the tables.
 *
 * <p>First stage of the pipeline, before {@code ingest}; of {@code source.database} it takes only
 * the description of a watched table. No trigger and no outbox belongs here.
 */
@NullMarked
package io.openclaw.gateway.source.replication;

import org.jspecify.annotations.NullMarked;
