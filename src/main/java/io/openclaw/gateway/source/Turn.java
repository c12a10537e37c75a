package io.openclaw.gateway.source;

/** Whether it is this node's turn to read a source. Thread-safe. */
public interface Turn {
  /** It always is. */
  Turn ALWAYS =
      new Turn() {
        @Override
        public Feed.Opener around(Feed.Opener opener) {
          return opener;
        }

        @Override
        public boolean isNow() {
          return true;
        }
      };

  /** Opens what {@code opener} opens while it is this node's turn, and stands by otherwise. */
  Feed.Opener around(Feed.Opener opener);

  /**
   * Whether what a thread brings that nobody has stopped yet may be taken; asks nobody. A node that
   * stood still does not know yet what {@link #around} will find.
   */
  boolean isNow();
}
