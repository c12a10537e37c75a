/**
 * The log of a cluster: a ring in the memory of its nodes, each entry on two of them.
 *
 * <p>Part of {@code log}, below {@code log.journal}. {@link
 * io.openclaw.gateway.log.hazelcast.HazelcastJournal} writes, {@link
 * io.openclaw.gateway.log.hazelcast.RingReader} reads and decides which life of the log it reads.
 * Which members there are and how they find each other is the affair of {@code cluster}. Only byte
 * arrays, texts and numbers go into Hazelcast.
 */
@NullMarked
package io.openclaw.gateway.log.hazelcast;

import org.jspecify.annotations.NullMarked;
