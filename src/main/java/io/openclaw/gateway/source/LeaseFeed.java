package io.openclaw.gateway.source;

import io.openclaw.gateway.cluster.Lease;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a source that must not be read twice run on one node of a cluster at a time: on the one that
 * holds a lease. The others stand by. A node that lost the lease closes the feed before it asks for
 * it again. Confined to the thread of its loop.
 */
public final class LeaseFeed implements Feed {
  private final Lease lease;
  private final Opener opener;
  private @Nullable Feed feed;
  private String holder = "";

  private LeaseFeed(Lease lease, Opener opener) {
    this.lease = lease;
    this.opener = opener;
  }

  /** The turn of whoever holds {@code lease}. */
  public static Turn turn(Lease lease) {
    return new Turn() {
      @Override
      public Opener around(Opener opener) {
        return () -> new LeaseFeed(lease, opener);
      }

      @Override
      public boolean isNow() {
        return lease.isHeld();
      }
    };
  }

  @Override
  public Progress take() throws Exception {
    Feed mine = current();
    return mine == null ? Progress.STANDBY : mine.take();
  }

  private @Nullable Feed current() throws Exception {
    if (feed != null && !lease.isHeld()) {
      end();
    }
    if (!lease.hold()) {
      holder = lease.holder().orElse("");
      return null;
    }
    Feed known = feed;
    Feed now = known == null ? opener.open() : known;
    feed = now;
    return now;
  }

  /** Whoever is paused keeps the lease, so that nobody else reads. */
  @Override
  public void keepAlive() throws Exception {
    if (feed != null && !lease.isHeld()) {
      end();
    }
    if (lease.hold() && feed != null) {
      feed.keepAlive();
    }
  }

  @Override
  public Optional<Lag> lag() throws Exception {
    return feed == null ? Optional.empty() : feed.lag();
  }

  @Override
  public String remark() {
    if (feed != null) {
      return feed.remark();
    }
    return holder.isEmpty() ? "" : "read by " + holder;
  }

  private void end() {
    Feed ended = feed;
    feed = null;
    if (ended != null) {
      ended.close();
    }
  }

  /** The feed ends before the lease is free. */
  @Override
  public void close() {
    end();
    lease.release();
  }
}
