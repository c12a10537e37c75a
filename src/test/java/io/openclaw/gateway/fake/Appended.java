package io.openclaw.gateway.fake;

import io.openclaw.gateway.log.Placement;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Publication;
import java.util.List;
import java.util.stream.IntStream;

/** Appends and reads back. */
public final class Appended {
  private Appended() {}

  /** What {@code drafts} are in the log, but for the time; to be asked of a log that forgets. */
  public static List<Publication> withoutReading(TopicLog log, List<Draft> drafts) {
    List<Placement> placements = log.append(drafts).join();
    return IntStream.range(0, drafts.size())
        .mapToObj(i -> Publication.of(placements.get(i).position().offset(), 0, drafts.get(i)))
        .toList();
  }

  /** The publications that were made of {@code drafts}, in order. */
  public static List<Publication> to(TopicLog log, List<Draft> drafts) {
    return log.append(drafts).join().stream()
        .map(placement -> log.readAfter(placement.position().offset() - 1, 1).get(0))
        .toList();
  }
}
