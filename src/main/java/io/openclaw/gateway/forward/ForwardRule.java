package io.openclaw.gateway.forward;

import io.openclaw.gateway.topic.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the topics that match a pattern are forwarded.
 *
 * @param pattern which topics
 * @param forward where to, or null: they are not
 */
public record ForwardRule(TopicPattern pattern, @Nullable Forward forward) {}
