package io.openclaw.gateway.subscription;

import io.openclaw.gateway.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * What a newer value replaces an older one of.
 *
 * @param topic the topic
 * @param key the entity, or null: the topic itself
 */
public record ConflationKey(TopicName topic, @Nullable String key) {}
