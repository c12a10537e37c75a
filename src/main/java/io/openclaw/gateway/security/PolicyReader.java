package io.openclaw.gateway.security;

/** Reads the access rules of a proposed {@code openclaw.yaml}, of which nothing else counts. */
@FunctionalInterface
public interface PolicyReader {
  /**
   * @throws IllegalArgumentException with all faults, in words fit for an administrator
   */
  AccessPolicy read(String yaml);
}
