package io.openclaw.gateway.cluster;

/** The cluster could not do it now: a node has just gone, or this one is leaving. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
