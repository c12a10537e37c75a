package io.openclaw.gateway.security;

/**
 * What somebody used of a limit on one node.
 *
 * @param key whom it is counted under
 * @param rate the limit
 * @param tokens what was taken since it was told last
 */
public record Spent(String key, Rate rate, long tokens) {}
