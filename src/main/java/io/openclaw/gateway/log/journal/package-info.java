/**
 * Logs that outlive a node: a sequence of entries kept elsewhere (a file, the cluster's memory, a
 * broker), which every node reads whole into its own memory.
 *
 * <p>Part of {@code log}. {@link io.openclaw.gateway.log.journal.Journal} is the seam; {@link
 * io.openclaw.gateway.log.journal.JournalLog} makes a {@code TopicLog} of any of them. No thread of
 * its own, no library of a store: each store has a package below.
 */
@NullMarked
package io.openclaw.gateway.log.journal;

import org.jspecify.annotations.NullMarked;
