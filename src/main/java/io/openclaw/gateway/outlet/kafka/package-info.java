/**
 * Kafka clusters by name, and their topics as outlets. One producer for each cluster, which sources
 * use too for what they put aside.
 *
 * <p>An adapter of {@code outlet}. What is read from Kafka is in {@code source.kafka}.
 */
@NullMarked
package io.openclaw.gateway.outlet.kafka;

import org.jspecify.annotations.NullMarked;
