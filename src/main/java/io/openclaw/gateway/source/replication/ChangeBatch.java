package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.replication.PgOutput.Commit;
import io.openclaw.gateway.source.replication.PgOutputDecoder.MalformedException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a log connection brings into batches. A transaction may be in several batches, a
 * batch may have several transactions; the database is told whole transactions only. Confined to
 * the thread of the source.
 */
final class ChangeBatch {
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Enough for each write to be worth its cost, and little beside a heap. */
  private static final long MAX_BYTES = 4 << 20;

  private final LogConnection log;
  private final ChangeStream changes;
  private final Deque<Arrival<Change>> waiting = new ArrayDeque<>();
  private List<Arrival<Change>> arrivals = List.of();
  private long bytes;
  private long ended;

  ChangeBatch(LogConnection log, ChangeStream changes) {
    this.log = log;
    this.changes = changes;
  }

  /**
   * Gathers the next batch: waits up to half a second for something, and then takes what is there.
   *
   * @return whether there was anything
   */
  boolean gather(int limit) throws SQLException, MalformedException {
    arrivals = new ArrayList<>();
    bytes = 0;
    ended = 0;
    drain(limit);
    long begin = System.nanoTime();
    while (arrivals.size() < limit && bytes < MAX_BYTES) {
      ByteBuffer message = log.read();
      if (message != null) {
        take(message);
        drain(limit);
      } else if (!isEmpty() || System.nanoTime() - begin > PATIENCE_NANOS) {
        break;
      } else {
        LogConnection.rest();
      }
    }
    return !isEmpty();
  }

  private boolean isEmpty() {
    return arrivals.isEmpty() && ended == 0;
  }

  private void take(ByteBuffer message) throws SQLException, MalformedException {
    bytes += message.remaining();
    PgOutput decoded = PgOutputDecoder.decode(message);
    waiting.addAll(changes.take(decoded));
    if (decoded instanceof Commit commit) {
      ended = commit.endLsn();
    }
  }

  private void drain(int limit) {
    while (!waiting.isEmpty() && arrivals.size() < limit) {
      arrivals.add(waiting.remove());
    }
  }

  /** What was gathered. */
  List<Arrival<Change>> arrivals() {
    return arrivals;
  }

  /** The place of the last one; null if there is none. */
  Change.@Nullable Place last() {
    return arrivals.isEmpty() ? null : arrivals.get(arrivals.size() - 1).original().place();
  }

  /** Tells the database which transactions are published with this batch, if there are any. */
  void confirm() throws SQLException {
    if (ended != 0) {
      log.confirm(ended);
    }
  }

  /**
   * Nothing is under way: all that the database has sent can be confirmed, though it was about
   * other tables, so that the database need not keep it.
   */
  void confirmIdle() {
    if (waiting.isEmpty() && !changes.isInTransaction()) {
      log.confirmLater(log.receivedLsn());
    }
  }
}
