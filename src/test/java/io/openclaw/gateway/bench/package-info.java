/**
 * The benchmark: the built WAR on a real server in a process of its own, a load generator on raw
 * sockets, scenarios, and a report. Bounded in connections and time, on loopback only. The
 * generator knows the wire contract and nothing of the gateway's code; nothing of the gateway may
 * depend on it.
 */
@NullMarked
package io.openclaw.gateway.bench;

import org.jspecify.annotations.NullMarked;
