package io.openclaw.gateway.wiring.settings;

import java.util.List;

/**
 * Says everything that is wrong with the configuration, one line for each fault, fit for whoever
 * starts the gateway. Values of secrets are not in it.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  public ConfigurationException(List<String> faults) {
    super(message(faults), null, false, false);
    this.faults = List.copyOf(faults);
  }

  private static String message(List<String> faults) {
    String head =
        faults.size() == 1
            ? "The configuration has a fault:"
            : "The configuration has " + faults.size() + " faults:";
    return head + "\n  " + String.join("\n  ", faults);
  }

  /** The faults, one line each. */
  public List<String> faults() {
    return faults;
  }
}
