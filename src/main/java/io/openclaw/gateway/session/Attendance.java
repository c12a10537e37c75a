package io.openclaw.gateway.session;

import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.topic.TopicPattern;

/**
 * Is told what sessions are subscribed to: of each session by one pump, in order. What it does is
 * quick and waits for nothing.
 */
public interface Attendance {
  /** Does not listen. */
  Attendance NOBODY =
      new Attendance() {
        @Override
        public void subscribed(String session, Identity identity, TopicPattern pattern) {}

        @Override
        public void unsubscribed(String session, TopicPattern pattern) {}

        @Override
        public void gone(String session) {}
      };

  /**
   * A subscription is in place; told again when it was looked at anew and stays.
   *
   * @param session the id of the session
   * @param identity whom it acts for now
   */
  void subscribed(String session, Identity identity, TopicPattern pattern);

  /** There is no subscription with this pattern any more, or there was none. */
  void unsubscribed(String session, TopicPattern pattern);

  /** The session has no subscription any more and gets none. May be told twice. */
  void gone(String session);
}
