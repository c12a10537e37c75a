package io.openclaw.gateway.presence;

import io.openclaw.gateway.topic.TopicName;

/**
 * Where a session can be a member.
 *
 * @param topic the topic that it is subscribed to
 * @param session its id
 */
record Place(TopicName topic, String session) {}
