/**
 * What holds on all nodes of a cluster: sessions that are listed and ended wherever they are,
 * revocations, limits, and the sources that administrators change.
 *
 * <p>Between {@code cluster}, which knows nothing of them, and {@code command}, which asks for it.
 * On a single node it is all there and finds nobody else. What decides stays where it was: here it
 * is only told to the others.
 */
@NullMarked
package io.openclaw.gateway.fleet;

import org.jspecify.annotations.NullMarked;
