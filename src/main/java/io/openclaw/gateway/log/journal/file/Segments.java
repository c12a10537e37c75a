package io.openclaw.gateway.log.journal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.EncoderPersister;
import org.apache.activemq.artemis.core.journal.IOCompletion;
import org.apache.activemq.artemis.core.journal.LoaderCallback;
import org.apache.activemq.artemis.core.journal.PreparedTransactionInfo;
import org.apache.activemq.artemis.core.journal.RecordInfo;
import org.apache.activemq.artemis.core.journal.impl.JournalFile;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.apache.activemq.artemis.core.journal.impl.dataformat.ByteArrayEncoding;
import org.jspecify.annotations.Nullable;

/**
 * One journal of Artemis in a directory of its own: files of one size, made before they are needed,
 * never used twice, gone when all records in them are deleted.
 *
 * <p>After the first {@link IOException} nothing can be done but to close it. Confined to the
 * thread of the journal.
 */
final class Segments implements AutoCloseable {
  static final String EXTENSION = "segment";

  private static final String PREFIX = "log";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MIN_FILES = 2;
  private static final int KEEP_NO_USED_FILE = 0;
  private static final int OPEN_TIMEOUT_SECONDS = 2;

  private final Path directory;
  private final Fsync fsync;
  private final NIOSequentialFileFactory files;
  private final JournalImpl journal;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable CompletableFuture<Void> pending;
  private @Nullable JournalFile current;

  /** Something that completes. */
  private interface Action {
    void run(IOCompletion completion) throws Exception;
  }

  /**
   * @param compacted whether files are rewritten that have few records left
   */
  Segments(Path directory, int segmentBytes, Fsync fsync, boolean compacted) {
    this.directory = directory;
    this.fsync = fsync;
    this.files = files(directory);
    files.setDatasync(fsync != Fsync.NEVER);
    files.setCriticalErrorListener((cause, message, file) -> failed(cause));
    this.journal =
        new JournalImpl(
            null,
            segmentBytes,
            MIN_FILES,
            KEEP_NO_USED_FILE,
            compacted ? 4 : 0,
            compacted ? 50 : 0,
            OPEN_TIMEOUT_SECONDS,
            files,
            PREFIX,
            EXTENSION,
            1,
            0,
            (cause, message, file) -> failed(cause),
            0);
    journal.setRemoveExtraFilesOnLoad(true);
  }

  /** Writes what it is given at once, without a buffer: batches come together before. */
  private static NIOSequentialFileFactory files(Path directory) {
    return new NIOSequentialFileFactory(directory.toFile(), false, 0, 0, 1, false, null, null);
  }

  /** The name that the file with that number has for ever. */
  static String name(long number) {
    return PREFIX + '-' + number + '.' + EXTENSION;
  }

  private void failed(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    CompletableFuture<Void> waiting = pending;
    if (waiting != null) {
      waiting.completeExceptionally(cause);
    }
  }

  /** The files in {@code directory}, oldest first; looks only. */
  static List<JournalFile> filesIn(Path directory) throws IOException {
    try {
      return new JournalImpl(
              FileJournalSettings.MIN_SEGMENT_BYTES,
              MIN_FILES,
              KEEP_NO_USED_FILE,
              0,
              0,
              files(directory),
              PREFIX,
              EXTENSION,
              1)
          .orderFiles();
    } catch (Exception e) {
      throw new DamagedException("the head of a file is not readable: " + e.getMessage());
    }
  }

  /**
   * Reads {@code file} in {@code directory} without changing anything; returns where its last
   * record ends.
   */
  static int read(Path directory, JournalFile file, Contents to) throws IOException {
    try {
      return JournalImpl.readJournalFile(files(directory), file, to);
    } catch (Exception e) {
      throw new DamagedException(file.getFile().getFileName() + ": " + e.getMessage());
    }
  }

  /** Opens it for appending, with what is in it. */
  void open(LoaderCallback to) throws IOException {
    Files.createDirectories(directory);
    try {
      journal.start();
      journal.load(to);
    } catch (Exception e) {
      throw asIoException(e);
    }
    check();
    current = journal.getCurrentFile();
  }

  /** Opens it for appending; returns what is in it, whole transactions only. */
  List<RecordInfo> load() throws IOException {
    Map<Long, RecordInfo> records = new LinkedHashMap<>();
    open(new Loaded(records));
    return List.copyOf(records.values());
  }

  /**
   * Appends a record.
   *
   * @param forced whether it is forced to the disk, with all before it, when this returns
   */
  void add(long id, byte type, byte[] content, boolean forced) throws IOException {
    boolean sync = forced && fsync != Fsync.NEVER;
    await(
        completion ->
            journal.appendAddRecord(
                id,
                type,
                EncoderPersister.getInstance(),
                new ByteArrayEncoding(content),
                sync,
                completion));
    noteFile();
  }

  /** Appends a note, which goes with the file that it is in. */
  void note(long id, byte type, byte[] content, boolean forced) throws IOException {
    boolean sync = forced && fsync != Fsync.NEVER;
    await(
        completion ->
            journal.appendAddEvent(
                id,
                type,
                EncoderPersister.getInstance(),
                new ByteArrayEncoding(content),
                sync,
                completion));
    noteFile();
  }

  /** Deletes a record; sooner or later. */
  void delete(long id) throws IOException {
    check();
    try {
      journal.appendDeleteRecord(id, false, null);
    } catch (Exception e) {
      throw asIoException(e);
    }
  }

  /** Adds a record to a transaction. */
  void add(long transaction, long id, byte type, byte[] content) throws IOException {
    check();
    try {
      journal.appendAddRecordTransactional(transaction, id, type, content);
    } catch (Exception e) {
      throw asIoException(e);
    }
  }

  /** Deletes a record in a transaction. */
  void delete(long transaction, long id) throws IOException {
    check();
    try {
      journal.appendDeleteRecordTransactional(transaction, id);
    } catch (Exception e) {
      throw asIoException(e);
    }
  }

  /** Makes all of a transaction count, or nothing of it. */
  void commit(long transaction) throws IOException {
    boolean sync = fsync != Fsync.NEVER;
    await(completion -> journal.appendCommitRecord(transaction, sync, completion));
    noteFile();
  }

  /**
   * @throws IOException if something has failed, perhaps behind our back
   */
  void check() throws IOException {
    Throwable cause = failure;
    if (cause != null) {
      throw asIoException(cause);
    }
  }

  private void await(Action action) throws IOException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    pending = done;
    check();
    try {
      action.run(new Completion(done));
      done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw asIoException(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the disk did not answer for " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (Exception e) {
      throw asIoException(e);
    } finally {
      pending = null;
    }
    check();
  }

  /** A file that was renamed is only sure to have its name when its directory was forced. */
  private void noteFile() throws IOException {
    JournalFile now = journal.getCurrentFile();
    if (now != current && fsync == Fsync.ALWAYS) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    current = now;
  }

  private static IOException asIoException(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return new IOException(root.getMessage() == null ? root.toString() : root.getMessage(), cause);
  }

  /** Closes all files. */
  @Override
  public void close() {
    journal.stop();
  }

  /** Collects what was added and not deleted. */
  private record Loaded(Map<Long, RecordInfo> records) implements LoaderCallback {
    @Override
    public void addRecord(RecordInfo record) {
      records.put(record.id, record);
    }

    @Override
    public void updateRecord(RecordInfo record) {
      records.put(record.id, record);
    }

    @Override
    public void deleteRecord(long id) {
      records.remove(id);
    }

    @Override
    public void addPreparedTransaction(PreparedTransactionInfo transaction) {}

    @Override
    public void failedTransaction(
        long transaction, List<RecordInfo> added, List<RecordInfo> deleted) {}
  }

  /** Tells whether a record was written. */
  private record Completion(CompletableFuture<Void> future) implements IOCompletion {
    @Override
    public void storeLineUp() {}

    @Override
    public void done() {
      future.complete(null);
    }

    @Override
    public void onError(int code, String message) {
      future.completeExceptionally(new IOException(message));
    }
  }
}
