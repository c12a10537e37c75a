package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Position;

/**
 * Where a draft is in the log.
 *
 * @param position its place
 * @param duplicate whether it was there before: the same event id on the same topic
 */
public record Placement(Position position, boolean duplicate) {}
