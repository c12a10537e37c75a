/**
 * The log: every publication in one order, kept for a while, read by position.
 *
 * <p>Stage between {@code ingest} and {@code subscription}. {@link
 * io.openclaw.gateway.log.TopicLog} is the seam; each implementation passes the same contract test.
 * Plain Java without threads; time is handed in. No session, no wire format, no source belongs
 * here.
 */
@NullMarked
package io.openclaw.gateway.log;

import org.jspecify.annotations.NullMarked;
