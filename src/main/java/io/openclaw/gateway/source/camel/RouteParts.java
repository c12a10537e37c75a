package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.Turn;
import java.util.function.Function;

/**
 * What the endpoints of one file of routes work with.
 *
 * @param source the name of the source
 * @param tails how its consumers read the log
 * @param maxPayloadBytes largest payload that is taken
 * @param tally what it counts in
 * @param reasons why something failed, in one line without secrets
 * @param turn whether this node runs them
 */
record RouteParts(
    String source,
    Ingest ingest,
    LogTails tails,
    int maxPayloadBytes,
    RouteTally tally,
    Function<Throwable, String> reasons,
    Turn turn) {}
