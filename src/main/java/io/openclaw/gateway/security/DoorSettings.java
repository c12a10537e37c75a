package io.openclaw.gateway.security;

/**
 * What is asked of every request, whoever it is from.
 *
 * @param forwarders the proxies whose word counts
 * @param requireTls whether who does not speak TLS, to us or to a trusted proxy, is refused
 * @param cookieWithoutOrigin whether a token in a cookie is good without an {@code Origin} header
 */
public record DoorSettings(
    Forwarders forwarders, boolean requireTls, boolean cookieWithoutOrigin) {}
