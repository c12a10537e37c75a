/**
 * The log of a single node on its own disk, which a restart leaves as it was.
 *
 * <p>Part of {@code log.journal}; stands on the journal of Apache Artemis, which knows files, torn
 * ends and when a file can go. What it does not know is added here: checksums, whether something is
 * missing, and what then. Nothing of entries' content belongs here.
 */
@NullMarked
package io.openclaw.gateway.log.journal.file;

import org.jspecify.annotations.NullMarked;
