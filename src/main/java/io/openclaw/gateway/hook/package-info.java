/**
 * Requests of others that bring an event (webhooks), between {@code rest}, which receives them, and
 * whoever has opened the hook of that name. Knows no HTTP and no Camel.
 */
@NullMarked
package io.openclaw.gateway.hook;

import org.jspecify.annotations.NullMarked;
