package io.openclaw.gateway.security;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * What may be asked over HTTP, by one user wherever they are, or by one address where nobody signed
 * in. Thread-safe; bounded by {@link LimitSettings#maxTracked()} of each.
 */
public final class RequestLimits {
  private final CurrentLimits current;
  private final BucketTable users;
  private final BucketTable addresses;

  public RequestLimits(CurrentLimits current, int maxTracked, LongSupplier nanoTime) {
    this.current = current;
    this.users = new BucketTable(maxTracked, nanoTime);
    this.addresses = new BucketTable(maxTracked, nanoTime);
  }

  /**
   * What other nodes should know: of users, then of addresses.
   *
   * @param nodes how many there are, this one included
   * @param max of each at most
   */
  public List<List<Spent>> toTell(int nodes, int max) {
    return List.of(users.toTell(nodes, max), addresses.toTell(nodes, max));
  }

  /** Takes what another node told. */
  public void takenElsewhere(List<List<Spent>> told) {
    told.get(0).forEach(users::takenElsewhere);
    told.get(1).forEach(addresses::takenElsewhere);
  }

  /** Takes {@code cost} units; returns 0 if they were there, else the ns until they are. */
  public long take(Identity identity, String address, int cost) {
    Rate rate = current.of(identity).requests();
    return identity.isAnonymous()
        ? addresses.take(IpAddress.countingKey(address), rate, cost)
        : users.take(identity.countingKey(), rate, cost);
  }
}
