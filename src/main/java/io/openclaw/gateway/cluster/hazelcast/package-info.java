/**
 * The cluster on Hazelcast: the server's own where it has one (Payara), else the one in the
 * archive. Only texts, numbers and bytes go into it: a server's serializer knows none of our
 * classes.
 *
 * <p>Behind {@code cluster}, the seam. Nothing of Hazelcast is seen outside, but by a log that is
 * kept in it. No class here is loaded where there is no cluster.
 */
@NullMarked
package io.openclaw.gateway.cluster.hazelcast;

import org.jspecify.annotations.NullMarked;
