/**
 * Events from Kafka: reads topics as a member of a consumer group, and commits offsets after the
 * events are in the log.
 *
 * <p>A source, before {@code ingest}. What is sent to Kafka is in {@code outlet.kafka}; formats of
 * schema registries are not read.
 */
@NullMarked
package io.openclaw.gateway.source.kafka;

import org.jspecify.annotations.NullMarked;
