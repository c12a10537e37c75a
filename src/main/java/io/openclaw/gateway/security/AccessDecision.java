package io.openclaw.gateway.security;

import io.openclaw.gateway.topic.TopicScope;

/** The answer of the access policy. */
public sealed interface AccessDecision {
  /** Yes, without a bound. */
  Granted GRANTED = new Granted(0);

  /** Whether it is a yes to all that was asked for. */
  boolean granted();

  /**
   * Yes.
   *
   * @param maxRate publications per second that a subscription in mode {@code latest} gets at most;
   *     0 for no bound
   */
  record Granted(int maxRate) implements AccessDecision {
    @Override
    public boolean granted() {
      return true;
    }

    /** The rate that {@code asked} comes to; 0, in and out, is no limit. */
    public int within(int asked) {
      return asked == 0 || maxRate == 0 ? Math.max(asked, maxRate) : Math.min(asked, maxRate);
    }
  }

  /**
   * Yes to a part of the topics, for whoever can keep to it.
   *
   * @param part what holds for that part
   * @param scope the topics that are granted; of what was asked for, nothing else may be delivered
   */
  record Narrowed(Granted part, TopicScope scope) implements AccessDecision {
    @Override
    public boolean granted() {
      return false;
    }
  }

  /**
   * No.
   *
   * @param code {@code unauthorized} if signing in could help, else {@code forbidden}
   * @param message what was refused, in words fit for whoever asked
   */
  record Refused(String code, String message) implements AccessDecision {
    @Override
    public boolean granted() {
      return false;
    }
  }
}
