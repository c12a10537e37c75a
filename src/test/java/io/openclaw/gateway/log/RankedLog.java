package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.PublicationListener;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * A log whose offsets are counted 1, 2, 3 for a test, although those of the log below have holes.
 * Everything that is appended goes through it.
 */
public final class RankedLog implements TopicLog {
  private final TopicLog log;
  private final ConcurrentSkipListSet<Long> offsets = new ConcurrentSkipListSet<>();

  public RankedLog(TopicLog log) {
    this.log = log;
  }

  private long rank(long offset) {
    return offsets.headSet(offset, true).size();
  }

  /** Of the offset with this rank, or of one ahead of the log. */
  private long offset(long rank) {
    if (rank <= 0) {
      return 0;
    }
    List<Long> all = List.copyOf(offsets);
    return rank <= all.size() ? all.get((int) rank - 1) : Long.MAX_VALUE / 2;
  }

  private Publication ranked(Publication at) {
    return new Publication(
        rank(at.offset()),
        at.timeMillis(),
        at.topic(),
        at.key(),
        at.payload(),
        at.removed(),
        at.trace(),
        at.origin());
  }

  private List<Publication> ranked(List<Publication> publications) {
    return publications.stream().map(this::ranked).collect(Collectors.toList());
  }

  private Position ranked(Position position) {
    return position.at(rank(position.offset()));
  }

  @Override
  public CompletableFuture<List<Placement>> append(List<Draft> drafts) {
    return log.append(drafts)
        .thenApply(
            placements -> {
              placements.forEach(placement -> offsets.add(placement.position().offset()));
              return placements.stream()
                  .map(at -> new Placement(ranked(at.position()), at.duplicate()))
                  .collect(Collectors.toList());
            });
  }

  @Override
  public String epoch() {
    return log.epoch();
  }

  @Override
  public Position head() {
    return ranked(log.head());
  }

  @Override
  public long floor() {
    return rank(log.floor());
  }

  @Override
  public List<Publication> readAfter(long offset, int limit) {
    return ranked(log.readAfter(offset(offset), limit));
  }

  @Override
  public List<Publication> readAfter(TopicName topic, long offset, int limit) {
    return ranked(log.readAfter(topic, offset(offset), limit));
  }

  @Override
  public Recovery recover(Position position) {
    Recovery recovery = log.recover(position.at(offset(position.offset())));
    return recovery instanceof Recovery.Gap gap
        ? new Recovery.Gap(gap.reason(), firstMissing(position, gap), rank(gap.to()))
        : new Recovery.Complete(rank(((Recovery.Complete) recovery).from()));
  }

  private static long firstMissing(Position position, Recovery.Gap gap) {
    return gap.reason() == GapReason.RETENTION ? position.offset() + 1 : gap.from();
  }

  @Override
  public HistoryPage history(HistoryQuery query) {
    long before = query.before() == Long.MAX_VALUE ? query.before() : offset(query.before());
    HistoryPage page =
        log.history(
            new HistoryQuery(
                query.pattern(), offset(query.after()), before, query.limit(), query.reverse()));
    return new HistoryPage(ranked(page.position()), ranked(page.items()), page.more());
  }

  @Override
  public Snapshot snapshot(TopicPattern pattern) {
    Snapshot snapshot = log.snapshot(pattern);
    return new Snapshot(ranked(snapshot.position()), ranked(snapshot.values()));
  }

  @Override
  public void listen(PublicationListener listener) {
    log.listen(listener);
  }

  @Override
  public boolean isVolatile() {
    return log.isVolatile();
  }
}
