/**
 * The failure lab: several gateways as processes of their own, publishers over JMS and HTTP,
 * clients that write down all that they are told, faults by a seeded schedule, and a checker that
 * holds what was written down against the promises. It knows the wire contract and nothing of the
 * gateway's code. On loopback only, bounded in time. No class of the gateway may be used here.
 */
@NullMarked
package io.openclaw.gateway.lab;

import org.jspecify.annotations.NullMarked;
