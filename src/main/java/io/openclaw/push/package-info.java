/**
 * What an application in the same server needs to publish in its transactions.
 *
 * <p>A library of its own, {@code openclaw-push.jar}, which applications put into their WAR. Before
 * all sources: it only writes a message to the broker or a row into the outbox, and uses nothing of
 * the gateway and nothing but Jakarta EE.
 */
@NullMarked
package io.openclaw.push;

import org.jspecify.annotations.NullMarked;
