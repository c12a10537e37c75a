package io.openclaw.gateway.source.replication;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** The connection on which the database sends its log. Confined to the thread of the source. */
final class LogConnection implements AutoCloseable {
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Connection connection;
  private final PGReplicationStream stream;
  private final long heartbeatNanos;
  private long toldNanos;
  private LogSequenceNumber confirmed = LogSequenceNumber.INVALID_LSN;

  private LogConnection(Connection connection, PGReplicationStream stream, Duration heartbeat) {
    this.connection = connection;
    this.stream = stream;
    this.heartbeatNanos = heartbeat.toNanos();
    this.toldNanos = System.nanoTime();
  }

  /** Begins to read where the slot stands; takes over the connection. */
  static LogConnection start(Connection connection, SlotSettings slot) throws SQLException {
    PGReplicationStream stream =
        connection
            .unwrap(PGConnection.class)
            .getReplicationAPI()
            .replicationStream()
            .logical()
            .withSlotName(slot.slot())
            .withSlotOption("proto_version", 1)
            .withSlotOption("publication_names", Sql.identifier(slot.publication()))
            .withStatusInterval((int) slot.heartbeat().toMillis(), TimeUnit.MILLISECONDS)
            .withAutomaticFlush(false)
            .start();
    return new LogConnection(connection, stream, slot.heartbeat());
  }

  /**
   * The next message, if there is one; waits two milliseconds at most.
   *
   * @throws SQLException also if the server stopped in the middle of a message: the driver takes
   *     that for silence, and would go on in the wrong place
   */
  @Nullable ByteBuffer read() throws SQLException {
    long begin = System.nanoTime();
    ByteBuffer message = stream.readPending();
    if (System.nanoTime() - begin > heartbeatNanos * 9 / 10) {
      throw new SQLException("the database stopped in the middle of a message");
    }
    return message;
  }

  /** Waits a moment, so that an idle source costs next to nothing. */
  static void rest() {
    LockSupport.parkNanos(IDLE_NANOS);
  }

  /** The end of what was received. */
  long receivedLsn() {
    return stream.getLastReceiveLSN().asLong();
  }

  /** All before {@code lsn} is published; the database is told with the next heartbeat. */
  void confirmLater(long lsn) {
    LogSequenceNumber position = LogSequenceNumber.valueOf(lsn);
    if (position.compareTo(confirmed) > 0) {
      confirmed = position;
      stream.setFlushedLSN(position);
      stream.setAppliedLSN(position);
    }
  }

  /** All before {@code lsn} is published; the database is told at once. */
  void confirm(long lsn) throws SQLException {
    confirmLater(lsn);
    tell();
  }

  /** Says that this side lives, if a heartbeat is due; reads nothing. */
  void keepAlive() throws SQLException {
    if (System.nanoTime() - toldNanos > heartbeatNanos) {
      tell();
    }
  }

  private void tell() throws SQLException {
    stream.forceUpdateStatus();
    toldNanos = System.nanoTime();
  }

  @Override
  public void close() {
    // Ending the stream in an orderly way may wait for all that the server still sends.
    Sql.close(connection);
  }
}
