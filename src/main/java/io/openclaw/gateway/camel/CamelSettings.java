package io.openclaw.gateway.camel;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway finds what Camel works with.
 *
 * @param routes the directory of the files of routes, or null: there are none
 * @param connectors the directory of the jars of connectors, or null: there are none
 * @param deadLetters where routes put aside what can never work, if nothing else is said for them:
 *     the address of an outlet; empty: the dead-letter queue of the gateway
 * @param shutdown how long exchanges under way may take when routes are stopped
 */
public record CamelSettings(
    @Nullable Path routes, @Nullable Path connectors, String deadLetters, Duration shutdown) {
  /** Nothing; 1 s is within the patience that every source is stopped with. */
  public static final CamelSettings DEFAULT =
      new CamelSettings(null, null, "", Duration.ofSeconds(1));
}
