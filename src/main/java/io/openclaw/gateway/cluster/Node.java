package io.openclaw.gateway.cluster;

/**
 * One running gateway.
 *
 * @param name never used again by another process
 */
public record Node(String name) {
  /**
   * @throws IllegalArgumentException if the name is blank
   */
  public Node {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a node has a name");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
