package io.openclaw.gateway.presence;

import java.time.Duration;

/**
 * The bounds of presence.
 *
 * @param grace how long a session that is gone stays a member, so that whoever comes back at once
 *     is never seen to be away; 0: not at all. One that unsubscribes leaves at once.
 * @param maxMembers sessions on topics, of this node; a subscription beyond is good, but does not
 *     join
 * @param maxListed members that one answer lists at most; all are counted
 * @param maxStateBytes size of the state that a session may have on a topic, as JSON; 0: none may
 *     be set
 * @param stateInterval how often a session may change it
 */
public record PresenceSettings(
    Duration grace, int maxMembers, int maxListed, int maxStateBytes, Duration stateInterval) {
  /**
   * Two seconds: a client that was sent away comes back within one. 50,000 members, at about 400
   * bytes each in the log's current values, of which there are 100,000 for all nodes together.
   */
  public static final PresenceSettings DEFAULT =
      new PresenceSettings(Duration.ofSeconds(2), 50_000, 1_000, 1_024, Duration.ofMillis(100));

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public PresenceSettings {
    if (grace.isNegative() || stateInterval.isNegative()) {
      throw new IllegalArgumentException("grace and state-interval of presence are 0 or more");
    }
    if (maxMembers < 0 || maxListed < 1 || maxStateBytes < 0) {
      throw new IllegalArgumentException(
          "max-members and max-state-bytes of presence are 0 or more, max-listed 1 or more");
    }
  }
}
