/**
 * Takes a node out of service so that its clients notice nothing but a reconnect: not ready, no
 * sources, then a goodbye to one session after the other, paced; and puts it back.
 *
 * <p>Beside the flow: it asks {@code session} to send clients away and is asked by {@code command}.
 * What stops sources is handed in. Plain Java; must not know how a server ends.
 */
@NullMarked
package io.openclaw.gateway.drain;

import org.jspecify.annotations.NullMarked;
