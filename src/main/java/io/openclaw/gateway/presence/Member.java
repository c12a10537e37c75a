package io.openclaw.gateway.presence;

import org.jspecify.annotations.Nullable;

/**
 * A session on a topic.
 *
 * @param user null if nobody signed in
 * @param sinceMillis when it joined, in ms since the Unix epoch
 * @param state what it says of itself, a JSON text, or null
 * @param stateMillis when it last said so; 0: never
 */
record Member(@Nullable String user, long sinceMillis, @Nullable String state, long stateMillis) {
  /** One that joins now. */
  static Member joining(@Nullable String user, long nowMillis) {
    return new Member(user, nowMillis, null, 0);
  }

  /** The same session, which may act for somebody else now. */
  Member as(@Nullable String another) {
    return new Member(another, sinceMillis, state, stateMillis);
  }

  Member with(@Nullable String newState, long nowMillis) {
    return new Member(user, sinceMillis, newState, nowMillis);
  }
}
