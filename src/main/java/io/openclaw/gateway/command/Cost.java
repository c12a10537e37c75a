package io.openclaw.gateway.command;

import io.openclaw.gateway.protocol.ClientCommand;

/**
 * What a command counts against the limits of whoever sends it, in units: 1 for the cheapest.
 * Subscribing to everything one was subscribed to before must be within the usual burst, as every
 * client does so when it comes back.
 */
public final class Cost {
  /** Publishing one event. */
  public static final int PUBLISH = 2;

  /** A page of the past. */
  public static final int HISTORY = 10;

  /** Current values, or a subscription with what was missed. */
  public static final int CATCH_UP = 5;

  /** A subscription to what comes. */
  public static final int SUBSCRIBE = 2;

  /** Anything that is checked and answered at once. */
  public static final int SIMPLE = 1;

  /** Verifying a signature. */
  public static final int AUTH = 10;

  private Cost() {}

  /** The units that {@code command} costs. */
  public static int of(ClientCommand command) {
    if (command instanceof ClientCommand.Publish) {
      return PUBLISH;
    }
    if (command instanceof ClientCommand.Subscribe subscribe) {
      return subscribe.since() != null || subscribe.history() > 0 ? CATCH_UP : SUBSCRIBE;
    }
    if (command instanceof ClientCommand.History) {
      return HISTORY;
    }
    if (command instanceof ClientCommand.Auth) {
      return AUTH;
    }
    if (command instanceof ClientCommand.State) {
      return PUBLISH;
    }
    return command instanceof ClientCommand.Request || command instanceof ClientCommand.Presence
        ? CATCH_UP
        : SIMPLE;
  }
}
