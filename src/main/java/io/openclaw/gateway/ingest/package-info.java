/**
 * Where every source enters: checks a source event, drops it if it was seen before, and puts it
 * into the log.
 *
 * <p>Stage after {@code source.*}, before {@code topic}/{@code log}. Plain Java: knows no broker,
 * no database, no transaction; a source brings its events and says when it has acknowledged them.
 */
@NullMarked
package io.openclaw.gateway.ingest;

import org.jspecify.annotations.NullMarked;
