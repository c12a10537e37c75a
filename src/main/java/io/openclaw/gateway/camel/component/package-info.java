/**
 * Camel components of the gateway's own, for neighbours for which Camel has none that keeps what a
 * source promises: server-sent events, Redis streams, requests of others to the gateway (webhooks);
 * and a language that takes values out of JSON.
 *
 * <p>Found by Camel through the files below {@code META-INF/services/org/apache/camel}. Knows no
 * topic and no publication: that is the {@code openclaw:} component's.
 */
@NullMarked
package io.openclaw.gateway.camel.component;

import org.jspecify.annotations.NullMarked;
