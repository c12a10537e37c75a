/**
 * The log of a cluster: a ring in the memory of its nodes, each entry on two of them.
 *
 * <p>Below {@code log.journal}. {@link io.openclaw.gateway.log.journal.hazelcast.HazelcastJournal}
 * writes, {@link io.openclaw.gateway.log.journal.hazelcast.RingReader} reads and decides which life
 * of the log it reads. Which members there are and how they find each other is the affair of {@code
 * cluster}. Only byte arrays, texts and numbers go into Hazelcast.
 */
@NullMarked
package io.openclaw.gateway.log.journal.hazelcast;

import org.jspecify.annotations.NullMarked;
