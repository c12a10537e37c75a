package io.openclaw.gateway.session;

import java.util.Map;

/** How many sessions users and addresses have, by what they are counted under. */
public record SeatCounts(Map<String, Integer> users, Map<String, Integer> addresses) {
  /** Nobody has any. */
  public static final SeatCounts NONE = new SeatCounts(Map.of(), Map.of());

  /** Copies. */
  public SeatCounts {
    users = Map.copyOf(users);
    addresses = Map.copyOf(addresses);
  }

  /** Whether nobody has any. */
  public boolean isEmpty() {
    return users.isEmpty() && addresses.isEmpty();
  }
}
