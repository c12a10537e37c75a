package io.openclaw.gateway.security;

import org.jspecify.annotations.Nullable;

/**
 * How a request reached us, seen from the client: past the proxies that are trusted.
 *
 * @param address the client's IP address as text; what the container said if it is none
 * @param secure whether the client spoke TLS
 * @param host what the client asked for, the {@code Host} header or what a trusted proxy was asked
 *     for; null if it is not known
 */
public record Arrival(String address, boolean secure, @Nullable String host) {}
