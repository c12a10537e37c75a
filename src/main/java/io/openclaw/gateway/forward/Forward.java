package io.openclaw.gateway.forward;

import io.openclaw.gateway.outlet.OutletAddress;

/**
 * Where publications of a topic go before anybody sees them.
 *
 * @param to the destination outside
 * @param publish whether they are in the log too, afterwards; where not, the topic is one of
 *     commands that nobody can subscribe to with success
 */
public record Forward(OutletAddress to, boolean publish) {}
