package io.openclaw.gateway.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the sessions of all nodes.
 *
 * @param count sessions altogether
 * @param items in the order of their ids
 * @param more whether others follow: ask again with {@code after} the last id
 * @param missing nodes that did not answer in time, whose sessions are not among these; absent if
 *     all did
 */
public record SessionPage(
    int count, List<SessionView> items, boolean more, @Nullable List<String> missing) {}
