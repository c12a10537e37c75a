/**
 * The log in a topic of Kafka, shared by all nodes of one gateway or of several, and there when all
 * of them were stopped.
 *
 * <p>Part of {@code log.journal}. One topic with one partition holds the entries, a compacted one
 * beside it the current values and the name of the life. Nothing of entries' content belongs here.
 */
@NullMarked
package io.openclaw.gateway.log.journal.kafka;

import org.jspecify.annotations.NullMarked;
