package io.openclaw.gateway.subscription;

import io.openclaw.gateway.topic.Position;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a subscriber has had all that it wants of one space.
 *
 * @param space its name, or null for the default space
 */
public record Served(@Nullable String space, Position position) {}
