package io.openclaw.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Lease;
import io.openclaw.gateway.cluster.Leases;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SingleNode;
import io.openclaw.gateway.source.Feed.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseFeedTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Cluster cluster = new SingleNode(new Node("here"), nanos::get);
  private final Lease lease = new Leases(cluster, Leases.USUAL, nanos::get).of("x");
  private final Turn turn = LeaseFeed.turn(lease);
  private final List<String> done = new ArrayList<>();

  private Feed open() throws Exception {
    return turn.around(Reading::new).open();
  }

  private void otherNodeTakesIt() {
    cluster.map("leases").put("x", new byte[] {'b'}, Duration.ofMinutes(1));
  }

  private void otherNodeIsGone() {
    cluster.map("leases").remove("x");
  }

  @Test
  void readsWhileTheLeaseIsHeld() throws Exception {
    Feed feed = open();
    assertEquals(Progress.BUSY, feed.take());
    assertEquals(Progress.BUSY, feed.take());
    assertEquals(List.of("open", "take", "take"), done);
    assertTrue(turn.isNow());
  }

  @Test
  void standsByAndSaysWhoReads() throws Exception {
    otherNodeTakesIt();
    Feed feed = open();
    assertEquals(Progress.STANDBY, feed.take());
    assertEquals("read by b", feed.remark());
    assertFalse(turn.isNow());
    assertEquals(List.of(), done);
    otherNodeIsGone();
    assertEquals(Progress.BUSY, feed.take());
    assertEquals("", feed.remark());
  }

  @Test
  void takesNothingAfterItStoodStillLongerThanItsLease() throws Exception {
    Feed feed = open();
    feed.take();
    nanos.addAndGet(Leases.USUAL.toNanos());
    otherNodeTakesIt();
    assertFalse(turn.isNow());
    assertEquals(Progress.STANDBY, feed.take());
    assertEquals(List.of("open", "take", "close"), done);
  }

  @Test
  void endsWhatItReadsBeforeItGivesTheLeaseBack() throws Exception {
    Feed feed = open();
    feed.take();
    feed.close();
    assertEquals(List.of("open", "take", "close with the lease: true"), named());
    assertFalse(lease.isHeld());
  }

  private List<String> named() {
    return done.stream()
        .map(what -> what.equals("close") ? "close with the lease: " + held : what)
        .toList();
  }

  private boolean held;

  @Test
  void givesTheLeaseToOthersWhenItCannotRead() throws Exception {
    Feed feed =
        turn.around(
                () -> {
                  throw new IllegalStateException("no neighbour");
                })
            .open();
    assertThrows(IllegalStateException.class, feed::take);
    feed.close();
    assertFalse(lease.isHeld());
    assertTrue(lease.holder().isEmpty());
  }

  @Test
  void keepsTheLeaseWhilePaused() throws Exception {
    Feed feed = open();
    feed.take();
    feed.keepAlive();
    assertTrue(lease.isHeld());
    assertEquals(List.of("open", "take", "alive"), done);
  }

  private final class Reading implements Feed {
    Reading() {
      done.add("open");
    }

    @Override
    public Progress take() {
      done.add("take");
      return Progress.BUSY;
    }

    @Override
    public void keepAlive() {
      done.add("alive");
    }

    @Override
    public void close() {
      held = lease.isHeld();
      done.add("close");
    }
  }
}
