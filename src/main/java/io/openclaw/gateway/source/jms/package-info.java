/**
 * JMS messages become source events.
 *
 * <p>First stage of the pipeline, before {@code ingest}: message-driven beans and consumers that
 * translate a message, bring it to ingest and acknowledge it after that. Knows no session, no
 * subscription and no wire format of clients.
 */
@NullMarked
package io.openclaw.gateway.source.jms;

import org.jspecify.annotations.NullMarked;
