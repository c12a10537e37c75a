package io.openclaw.gateway.outlet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The outlets in use, each made when it is first asked for and kept: their number is bounded by the
 * addresses that the configuration names. Thread-safe.
 */
public final class Outlets implements AutoCloseable {
  private final Map<String, Function<OutletAddress, Outlet>> makers;
  private final Map<OutletAddress, Outlet> open = new ConcurrentHashMap<>();

  /**
   * @param makers makes an outlet of an address, by scheme; must not reach out to anything yet
   */
  public Outlets(Map<String, Function<OutletAddress, Outlet>> makers) {
    this.makers = Map.copyOf(makers);
  }

  /**
   * The outlet of {@code address}.
   *
   * @throws IllegalArgumentException if this gateway has none of that scheme, or of that name
   */
  public Outlet at(OutletAddress address) {
    return open.computeIfAbsent(address, this::make);
  }

  private Outlet make(OutletAddress address) {
    Function<OutletAddress, Outlet> maker = makers.get(address.scheme());
    if (maker == null) {
      throw new IllegalArgumentException(
          "there are no outlets of the kind " + address.scheme() + " here");
    }
    return maker.apply(address);
  }

  /** Closes all of them. */
  @Override
  public void close() {
    open.values().forEach(Outlet::close);
    open.clear();
  }
}
