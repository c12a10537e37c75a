package io.openclaw.gateway.log.journal;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.LocalLog;
import io.openclaw.gateway.log.LocalTopicLog;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.log.Placement;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Publication;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log that stands on a journal. Every node reads the whole journal into its own memory; an entry
 * that was read is, in this order:
 *
 * <ol>
 *   <li>left out, if its writer has written it before, or a later one: a write was repeated;
 *   <li>left out, if the same event id was read on that topic after its writer had looked;
 *   <li>left out, if its writer looked so long ago that not every node knows the ids since then;
 *   <li>a publication.
 * </ol>
 *
 * All nodes read the same and leave out the same, so all have the same publications at the same
 * offsets. What this node itself has appended is answered when it is read.
 *
 * <p>Thread-safe. The journal's thread reads; nothing here blocks.
 */
public final class JournalLog extends LocalTopicLog implements Journal.Reader {
  private static final Logger LOGGER = System.getLogger(JournalLog.class.getName());

  /** The same on all nodes, whatever their settings: which entries are left out hangs on it. */
  private static final int MAX_LAG = 200_000;

  /** A second of publications at full speed: another node may have shown so much more. */
  private static final int MAX_AHEAD = 100_000;

  private final Journal journal;
  private final long writer;
  private final LongSupplier clockMillis;
  private final GroupCommit commit;
  private final EventIds ids;
  private final Writers writers = new Writers();
  private final Checkpoints checkpoints;
  private volatile long readTo;
  private volatile @Nullable String obstacle = "it is not read yet";

  // Confined to the thread that reads.
  private long beganAt;
  private @Nullable Lineage loading;

  /** Up to here it is not sure that no entry repeats one that was gone when reading began. */
  private long unsureTo;

  /**
   * @param writer names this process among all that ever write to the journal
   * @param clockMillis ms since the Unix epoch
   * @param clockNanos ns since any moment
   */
  public JournalLog(
      Journal journal,
      long writer,
      LogSettings settings,
      AppendSettings appends,
      LongSupplier clockMillis,
      LongSupplier clockNanos) {
    super(new LocalLog(Lineage.of(""), settings, clockMillis, journal.isShared() ? MAX_AHEAD : 0));
    this.journal = journal;
    this.writer = writer;
    this.clockMillis = clockMillis;
    this.commit = new GroupCommit(journal, appends, clockNanos);
    this.ids = new EventIds(Math.max(MAX_LAG, appends.maxIds()));
    this.checkpoints =
        new Checkpoints(
            journal, local(), settings.maxRetainedCount(), Math.max(1, settings.maxCount() / 4));
  }

  /** Begins to read. Called once. */
  public void open() {
    journal.open(this);
  }

  /** Fails what is under way and stops reading. */
  public void close() {
    commit.obstacle("the gateway is going down");
    commit.failAll("the gateway is going down");
    journal.close();
  }

  /** Looks at the clocks, and keeps the checkpoint; to be called every second or so. */
  public void sweep() {
    commit.sweep();
    checkpoints.sweep(readTo);
  }

  /** Why it cannot be used at the moment, in words for an operator; empty if it can. */
  @Override
  public Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  @Override
  public boolean isVolatile() {
    return false;
  }

  // Appending.

  @Override
  public CompletableFuture<List<Placement>> append(List<Draft> drafts) {
    Append append = new Append(drafts.size());
    long lookedTo = readTo;
    long now = clockMillis.getAsLong();
    List<byte[]> entries = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      long known = find(draft);
      if (known == EventIds.ABSENT) {
        append.waitsFor(i);
        entries.add(EntryCodec.encode(draft, writer, lookedTo, now));
      } else {
        append.place(i, known, true);
      }
    }
    if (entries.isEmpty()) {
      append.done();
    } else {
      commit.append(entries, append);
    }
    return append.placements;
  }

  private long find(Draft draft) {
    return draft.eventId() == null ? EventIds.ABSENT : ids.find(draft.topic(), draft.eventId());
  }

  /** One append on its way. Confined to the appending thread, then to the one that reads. */
  private final class Append implements GroupCommit.Placed {
    final CompletableFuture<List<Placement>> placements = new CompletableFuture<>();
    private final @Nullable Placement[] places;
    private final int[] waiting;
    private int waitingCount;

    Append(int size) {
      places = new Placement[size];
      waiting = new int[size];
    }

    void waitsFor(int index) {
      waiting[waitingCount++] = index;
    }

    void place(int index, long offset, boolean duplicate) {
      places[index] = new Placement(head().at(offset), duplicate);
    }

    @Override
    public void at(int index, long offset, boolean duplicate) {
      place(waiting[index], offset, duplicate);
    }

    @Override
    public void done() {
      placements.complete(List.of(places));
    }

    @Override
    public void failed(LogUnavailableException why) {
      placements.completeExceptionally(why);
    }
  }

  // Reading: the journal's thread.

  @Override
  public void begin(Lineage lineage, long floor, List<Journal.Entry> values) {
    LOGGER.log(Level.INFO, "The log is in epoch {0}, from offset {1}", lineage.epoch(), floor);
    commit.failAll("the log has begun anew");
    ids.clear();
    writers.clear();
    loading = lineage;
    beganAt = floor;
    unsureTo = floor;
    readTo = floor;
    local().begin(Lineage.of(""), floor, false);
    local().addValues(values.stream().map(JournalLog::publication).toList());
    checkpoints.begin(floor);
    told();
  }

  @Override
  public void end() {
    commit.failAll("the log was lost");
    ids.clear();
    writers.clear();
    local().begin(Lineage.of(""), readTo, false);
    told();
  }

  private static Publication publication(Journal.Entry value) {
    return EntryCodec.decode(value.offset(), value.content()).publication();
  }

  @Override
  public void goOn(Lineage lineage) {
    LOGGER.log(Level.WARNING, "The log goes on in epoch {0}", lineage.epoch());
    if (loading == null) {
      local().goOn(lineage);
      told();
    } else {
      loading = lineage;
    }
  }

  @Override
  public void read(List<Journal.Entry> entries) {
    List<Answer> answers = new ArrayList<>(0);
    List<Publication> publications = new ArrayList<>(entries.size());
    for (Journal.Entry entry : entries) {
      read(entry, publications, answers);
    }
    long upTo = entries.get(entries.size() - 1).offset();
    local().add(publications, upTo);
    if (loading != null) {
      local().raiseFloor(unsureTo);
    }
    readTo = upTo;
    told();
    if (checkpoints.isFarBehind(upTo)) {
      checkpoints.sweep(upTo);
    }
    answers.forEach(answer -> answer.give(commit));
  }

  /** To be given once what was read can be seen. */
  private record Answer(long number, long offset, boolean duplicate, boolean late) {
    void give(GroupCommit commit) {
      if (late) {
        commit.tooLate(number);
      } else {
        commit.read(number, offset, duplicate);
      }
    }
  }

  private void read(Journal.Entry entry, List<Publication> publications, List<Answer> answers) {
    EntryCodec.Decoded read = decode(entry);
    if (read == null || !writers.isNew(read.writer(), read.count())) {
      return;
    }
    Publication publication = read.publication();
    String eventId = read.eventId();
    boolean late = false;
    long known = EventIds.ABSENT;
    if (eventId != null) {
      late = entry.offset() - read.lookedTo() > MAX_LAG;
      known = ids.find(publication.topic(), eventId);
      if (loading != null && read.lookedTo() < beganAt) {
        unsureTo = entry.offset();
      }
    }
    boolean duplicate = !late && known > read.lookedTo();
    if (!late && !duplicate) {
      publications.add(publication);
      checkpoints.changed(publication);
      if (eventId != null) {
        ids.put(publication.topic(), eventId, entry.offset());
      }
    }
    if (read.writer() == writer) {
      answers.add(new Answer(read.count(), duplicate ? known : entry.offset(), duplicate, late));
    }
  }

  private static EntryCodec.@Nullable Decoded decode(Journal.Entry entry) {
    try {
      return EntryCodec.decode(entry.offset(), entry.content());
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "the entry at " + entry.offset() + " cannot be read", e);
      return null;
    }
  }

  @Override
  public void caughtUp() {
    Lineage loaded = loading;
    if (loaded != null) {
      loading = null;
      local().goOn(loaded);
      told();
    }
  }

  @Override
  public void obstacle(@Nullable String why) {
    if (why != null && obstacle == null) {
      LOGGER.log(Level.WARNING, "The log cannot be used: {0}", why);
    } else if (why == null && obstacle != null) {
      LOGGER.log(Level.INFO, "The log can be used, up to offset {0}", readTo);
    }
    commit.obstacle(why);
    obstacle = why; // last: whoever sees that there is none may append
  }
}
