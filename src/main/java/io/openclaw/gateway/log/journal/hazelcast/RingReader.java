package io.openclaw.gateway.log.journal.hazelcast;

import com.hazelcast.ringbuffer.ReadResultSet;
import com.hazelcast.ringbuffer.Ringbuffer;
import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.journal.Journal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the ring, on a thread of its own:
 *
 * <ol>
 *   <li>it reads all that is there, then what comes;
 *   <li>with each piece it reads the last entry of the piece before again: if that is another one,
 *       the ring was lost or wound back, and it begins anew;
 *   <li>if there is no mark in the ring, the oldest member names a new life; it repeats the mark
 *       before that is overwritten or too old, the others do if it does not;
 *   <li>if half of the members are gone, the oldest that is left names a life that goes on with
 *       this one after what all have seen;
 *   <li>if too many are gone, it shows nothing until they are back;
 *   <li>if this node was in another life than those it joins again, publications of that life are
 *       lost for the others: it names a new life, so that everybody is told of the gap.
 * </ol>
 */
final class RingReader {
  private static final Logger LOGGER = System.getLogger(RingReader.class.getName());
  private static final int PIECE = 1_000;
  private static final long TURN_MILLIS = 100;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Another node may have read so much further in a life that was lost. */
  private static final long LEAP = 1_000_000;

  private final HazelcastJournal journal;
  private final Ringbuffer<byte[]> ring;
  private final Members members;
  private final Quorum quorum;
  private final LongSupplier clockNanos;
  private final Supplier<String> epochs;
  private final CheckpointMap values;
  private final RingVolume volume;
  private final Witness witness;
  private volatile boolean closed;
  private volatile boolean merged;
  private volatile boolean following;

  // Confined to the thread.
  private RingTrack track;
  private long firstRead;
  private long last;
  private byte @Nullable [] lastBytes;
  private long loadTo;
  private long lastOffset;
  private long begunNanos;
  private long lookedNanos;
  private long heldNanos;
  private @Nullable CompletableFuture<ReadResultSet<byte[]>> reading;
  private String formerEpoch = "";
  private boolean rejoined;
  private String self = "";
  private long markedNanos;
  private boolean failing;

  RingReader(
      HazelcastJournal journal,
      Ringbuffer<byte[]> ring,
      Members members,
      Quorum quorum,
      LongSupplier clockNanos,
      Supplier<String> epochs,
      CheckpointMap values,
      RingVolume volume) {
    this.journal = journal;
    this.ring = ring;
    this.members = members;
    this.quorum = quorum;
    this.clockNanos = clockNanos;
    this.epochs = epochs;
    this.values = values;
    this.volume = volume;
    this.witness = new Witness(members, quorum, journal::say);
    this.track = new RingTrack(quorum::leaves, quorum::sees);
  }

  /** Whether all is read and may be shown. */
  boolean isFollowing() {
    return following;
  }

  /** This node has joined others again that it was cut off from. */
  void merged() {
    merged = true;
  }

  void close() {
    closed = true;
  }

  void run(Journal.Reader target) {
    while (!closed && !Thread.currentThread().isInterrupted()) {
      try {
        begin();
        follow(target);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        failed(e);
      }
      boolean wasFollowing = following;
      following = false;
      if (!closed && wasFollowing) {
        target.obstacle("it is read anew");
        target.end();
      }
    }
  }

  /** Tells of the first of several failures. */
  private void failed(RuntimeException e) {
    LOGGER.log(closed || failing ? Level.DEBUG : Level.WARNING, "the ring cannot be read", e);
    failing = true;
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  private void begin() {
    rejoined = merged;
    merged = false;
    nameItself();
    track = new RingTrack(quorum::leaves, quorum::sees);
    journal.forget();
    reading = null;
    last = -1;
    lastBytes = null;
    firstRead = ring.headSequence();
    loadTo = ring.tailSequence();
    begunNanos = clockNanos.getAsLong();
    lookedNanos = begunNanos - LOOK_NANOS;
    heldNanos = begunNanos;
  }

  /** A member that joins others again gets another id. */
  private void nameItself() {
    String now = members.self();
    if (!self.equals(now)) {
      quorum.isAnother(self);
      self = now;
    }
  }

  /** Until what was read counts no more. */
  private void follow(Journal.Reader target) throws InterruptedException {
    while (!closed && !merged) {
      Quorum.Verdict verdict = verdict();
      if (verdict == Quorum.Verdict.WAIT) {
        waitForOthers(target);
        return;
      }
      witness.look(clockNanos.getAsLong());
      ReadResultSet<byte[]> piece = poll();
      if (piece != null && !take(piece, target)) {
        return;
      }
      if (!look(target)) {
        return;
      }
    }
  }

  private Quorum.Verdict verdict() {
    return quorum.verdict(members.alive(), clockNanos.getAsLong());
  }

  private void waitForOthers(Journal.Reader target) throws InterruptedException {
    following = false;
    target.obstacle(quorum.describe(members.alive()));
    target.end();
    while (!closed && !merged && verdict() == Quorum.Verdict.WAIT) {
      TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
    }
  }

  private @Nullable ReadResultSet<byte[]> poll() throws InterruptedException {
    CompletableFuture<ReadResultSet<byte[]>> under = reading;
    if (under == null) {
      boolean again = lastBytes != null;
      under =
          ring.readManyAsync(again ? last : firstRead, again ? 2 : 1, PIECE, null)
              .toCompletableFuture();
      reading = under;
    }
    try {
      ReadResultSet<byte[]> piece = under.get(TURN_MILLIS, TimeUnit.MILLISECONDS);
      reading = null;
      return piece;
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      reading = null;
      throw new IllegalStateException("a read failed", e.getCause());
    }
  }

  /** Whether it goes on with what was read before. */
  private boolean take(ReadResultSet<byte[]> piece, Journal.Reader target) {
    int from = 0;
    if (lastBytes != null) {
      if (piece.getSequence(0) != last || !Arrays.equals(piece.get(0), lastBytes)) {
        LOGGER.log(
            Level.WARNING,
            "The ring does not go on after {0}: it was lost, wound back, or this node was too slow",
            last);
        return false;
      }
      from = 1;
    } else if (piece.size() > 0) {
      firstRead = piece.getSequence(0);
    }
    for (int i = from; i < piece.size(); i++) {
      take(piece.getSequence(i), piece.get(i), target);
    }
    show(target);
    return true;
  }

  private void take(long sequence, byte[] bytes, Journal.Reader target) {
    last = sequence;
    lastBytes = bytes;
    long now = clockNanos.getAsLong();
    volume.add(sequence, bytes.length, now);
    RingTrack.Change change = track.take(sequence, bytes);
    if (track.sinceMark() == 0) {
      markedNanos = now;
    }
    switch (change) {
      case BEGUN -> {
        following = false;
        target.obstacle("it is read");
        target.begin(life(), track.floor(firstRead), values.read());
      }
      case GOES_ON -> {
        quorum.reset(members.alive());
        show(target);
        target.goOn(life());
        formerEpoch = life().epoch();
      }
      case NOTHING -> {}
    }
  }

  private Lineage life() {
    Lineage life = track.lineage();
    if (life == null) {
      throw new IllegalStateException("no life was named");
    }
    return life;
  }

  private void show(Journal.Reader target) {
    if (track.lineage() == null || verdict() != Quorum.Verdict.GO_ON) {
      return;
    }
    List<Journal.Entry> ready = track.ready();
    if (!ready.isEmpty()) {
      lastOffset = ready.get(ready.size() - 1).offset();
      target.read(ready);
    }
    if (!track.holds()) {
      heldNanos = clockNanos.getAsLong();
    }
    if (!following && last >= loadTo) {
      following = true;
      failing = false;
      target.caughtUp();
      target.obstacle(null);
      heal();
    }
  }

  /** What was published in a life that ends here is missed by readers of the other one, too. */
  private void heal() {
    Lineage life = life();
    if (rejoined && !formerEpoch.isEmpty() && !life.includes(formerEpoch, 0)) {
      LOGGER.log(
          Level.WARNING,
          "This node was cut off in epoch {0}: the log begins anew, so that everybody is told",
          formerEpoch);
      journal.say(track.anew(life, epochs.get(), 0));
    }
    rejoined = false;
    formerEpoch = life.epoch();
  }

  /** What is to be done now and then; whether it goes on. */
  private boolean look(Journal.Reader target) {
    long now = clockNanos.getAsLong();
    if (now - lookedNanos < LOOK_NANOS) {
      return true;
    }
    lookedNanos = now;
    volume.expire(now);
    if (ring.tailSequence() < last) {
      LOGGER.log(Level.WARNING, "The ring was lost");
      return false;
    }
    Lineage life = track.lineage();
    if (life == null) {
      nameALife(now);
    } else if (verdict() == Quorum.Verdict.NEW_LIFE) {
      goOnWithoutTheOthers(life);
    } else {
      keepUp(life, now);
    }
    show(target);
    return true;
  }

  private void nameALife(long now) {
    if (last >= loadTo && (members.isOldest() || now - begunNanos > PATIENCE_NANOS)) {
      long known = Math.max(lastOffset, values.upTo());
      journal.say(track.anew(null, epochs.get(), known == 0 ? 0 : known + LEAP));
    }
  }

  private void goOnWithoutTheOthers(Lineage life) {
    if (members.isOldest()) {
      LOGGER.log(
          Level.WARNING,
          "Half of the nodes are gone or cut off, {0}: the log goes on in a new epoch",
          quorum.describe(members.alive()));
      journal.say(track.next(life, epochs.get()));
    }
  }

  private void keepUp(Lineage life, long now) {
    journal.commitAgain(track.committed());
    if (track.holds() && now - heldNanos > LOOK_NANOS && members.isOldest()) {
      journal.probe();
    }
    int part = members.isOldest() ? 4 : 2;
    if (track.sinceMark() > ring.capacity() / part
        || now - markedNanos > volume.maxAgeNanos() / part) {
      journal.say(track.mark(life));
    }
  }
}
