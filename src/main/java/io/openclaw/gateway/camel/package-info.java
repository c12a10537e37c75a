/**
 * Apache Camel within the gateway: contexts whose threads, classes and settings are the gateway's.
 *
 * <p>Beside the flow; used by {@code source.camel}, whose routes bring events, and by {@code
 * outlet.camel}, which sends to endpoints. Knows no topic and no publication.
 */
@NullMarked
package io.openclaw.gateway.camel;

import org.jspecify.annotations.NullMarked;
