package io.openclaw.gateway.request;

import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.topic.TopicName;
import java.time.Duration;

/**
 * A service that clients may ask.
 *
 * @param name written like a topic; what the access policy speaks of
 * @param to where questions are sent: a queue or topic of the broker
 * @param timeout how long an answer may take if the client does not say
 * @param maxTimeout how long at most
 */
public record ServiceSettings(
    TopicName name, OutletAddress to, Duration timeout, Duration maxTimeout) {
  /** What clients wait themselves. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Longer than that nobody sits in front of a page. */
  public static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException if it cannot be asked so
   */
  public ServiceSettings {
    if (!to.scheme().equals("jms")) {
      throw new IllegalArgumentException("a service is asked by jms:queue/NAME or jms:topic/NAME");
    }
    if (timeout.toMillis() < 1
        || timeout.compareTo(maxTimeout) > 0
        || maxTimeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeout is above 0 and not above max-timeout, which is 1h at most");
    }
  }

  /** The time that a client gets which asks for so many ms; 0 for the usual. */
  Duration within(int askedMillis) {
    Duration asked = askedMillis == 0 ? timeout : Duration.ofMillis(askedMillis);
    return asked.compareTo(maxTimeout) > 0 ? maxTimeout : asked;
  }
}
