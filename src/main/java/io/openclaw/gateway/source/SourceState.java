package io.openclaw.gateway.source;

/**
 * How a source is doing, for health checks.
 *
 * @param name names the source to an operator
 * @param status what it is doing
 * @param reason why it is down, in one line; empty if it is not
 */
public record SourceState(String name, Status status, String reason) {
  /** What a source is doing. */
  public enum Status {
    /** It has not reached its neighbour yet. */
    STARTING,
    /** It brings events. */
    UP,
    /** Another node brings the events; this one is ready to take over. */
    STANDBY,
    /** An operator paused it: it takes nothing and keeps its place. */
    PAUSED,
    /** It cannot reach its neighbour, and goes on trying. */
    DOWN,
    /** It was told to stop. */
    STOPPED
  }

  /** A state without trouble. */
  public static SourceState of(String name, Status status) {
    return new SourceState(name, status, "");
  }

  /** Cannot work now, because of {@code reason}. */
  public static SourceState down(String name, String reason) {
    return new SourceState(name, Status.DOWN, reason);
  }

  /** Whether it does what it was told to do, here or on another node. */
  public boolean isReady() {
    return status == Status.UP || status == Status.STANDBY || status == Status.PAUSED;
  }
}
