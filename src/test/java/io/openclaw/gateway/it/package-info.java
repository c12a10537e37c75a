/**
 * Integration tests: the built WAR on a real server with a real broker and a real database, from
 * outside, by what clients see. {@link io.openclaw.gateway.it.GatewayIT} is their base; which
 * server it is, the Maven profile says. No class of the gateway may be used here.
 */
@NullMarked
package io.openclaw.gateway.it;

import org.jspecify.annotations.NullMarked;
