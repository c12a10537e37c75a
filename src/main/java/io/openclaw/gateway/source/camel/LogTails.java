package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.PublicationListener;
import io.openclaw.gateway.topic.TopicPattern;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets consumers follow the logs, each at its own pace, and remembers how far each has come as long
 * as the gateway runs: routes that begin again, changed or not, go on where they were. Thread-safe;
 * positions and waiting are guarded by this.
 */
public final class LogTails implements PublicationListener {
  private static final int MAX_POSITIONS = 1_000;

  private final Spaces spaces;
  private final Map<String, Position> positions = new LinkedHashMap<>(16, 0.75f, true);
  private volatile int waiting;

  /** Follows all of {@code spaces} for their life. */
  public static LogTails of(Spaces spaces) {
    LogTails tails = new LogTails(spaces);
    spaces.all().forEach(space -> space.log().listen(tails));
    return tails;
  }

  private LogTails(Spaces spaces) {
    this.spaces = spaces;
  }

  /** The log in which the topics of {@code pattern} are. */
  TopicLog log(TopicPattern pattern) {
    return spaces.of(pattern).log();
  }

  /** Where the reader of that name goes on in {@code log}. */
  synchronized Position begin(String reader, TopicLog log, boolean earliest) {
    Position known = positions.get(reader);
    if (known != null && !known.epoch().isEmpty()) {
      return known;
    }
    Position head = log.head();
    return earliest ? head.at(Math.min(log.floor(), head.offset())) : head;
  }

  /** The reader of that name is through with everything up to {@code position}. */
  synchronized void passed(String reader, Position position) {
    positions.put(reader, position);
    if (positions.size() > MAX_POSITIONS) {
      positions.remove(positions.keySet().iterator().next());
    }
  }

  /** Waits until {@code log} has grown beyond {@code offset}, or so long, or shorter. */
  @SuppressWarnings("WaitNotInLoop") // who waits looks at the log again
  synchronized void await(TopicLog log, long offset, Duration atMost) throws InterruptedException {
    waiting++;
    try {
      if (log.head().offset() <= offset) {
        wait(Math.max(1, atMost.toMillis()));
      }
    } finally {
      waiting--;
    }
  }

  @Override
  public void appended() {
    if (waiting > 0) {
      wake();
    }
  }

  private synchronized void wake() {
    notifyAll();
  }
}
