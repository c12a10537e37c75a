/**
 * The cluster: which nodes run the gateway, what they tell and ask each other, and small values
 * that all of them see.
 *
 * <p>Beside the flow; everything that must hold on all nodes uses it. Plain Java: {@link
 * io.openclaw.gateway.cluster.SingleNode} is a gateway of one node, and the package {@code
 * hazelcast} below has the real one. No publication travels here: those go through the log. No
 * topic, session or source is known here.
 */
@NullMarked
package io.openclaw.gateway.cluster;

import org.jspecify.annotations.NullMarked;
