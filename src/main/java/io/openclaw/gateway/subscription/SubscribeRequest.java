package io.openclaw.gateway.subscription;

import io.openclaw.gateway.shape.Condition;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * One granted subscription.
 *
 * @param id what the client calls the request, or null
 * @param pattern topics wanted
 * @param asked the head of the log when it was asked for: what is published later belongs to it
 * @param since go on after this position, or null to begin now
 * @param history the last n of each matching topic first; 0 for none
 * @param mode how it is served
 * @param maxRate publications per second at most, in mode {@code latest}; 0 for no limit
 * @param filter only publications that meet it, or null for all
 */
public record SubscribeRequest(
    @Nullable Long id,
    TopicPattern pattern,
    Position asked,
    @Nullable Position since,
    int history,
    TopicMode mode,
    int maxRate,
    @Nullable Condition filter) {}
