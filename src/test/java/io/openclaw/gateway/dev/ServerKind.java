package io.openclaw.gateway.dev;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The servers that the gateway can be started on. */
public enum ServerKind {
  PAYARA("Payara Micro"),
  WILDFLY("WildFly");

  private final String title;

  ServerKind(String title) {
    this.title = title;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** The one with this name in lower case. */
  public static Optional<ServerKind> of(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }
}
