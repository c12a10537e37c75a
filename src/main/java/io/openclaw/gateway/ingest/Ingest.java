package io.openclaw.gateway.ingest;

import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.log.Placement;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.IllegalTopicException;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The one way into the logs. For each event, in order:
 *
 * <ol>
 *   <li>a topic that is none, or one of the gateway's own, is rejected;
 *   <li>a payload above the limit is rejected, and so are a key, an event id and a trace;
 *   <li>JSON nested deeper than clients can be expected to read is rejected;
 *   <li>an event id seen on that topic before is a duplicate, and nothing is appended;
 *   <li>everything else is appended.
 * </ol>
 *
 * <p>Sources that are acknowledged (JMS, a database) use {@link #stage} and settle after their
 * acknowledgement; others use {@link #publish}. Thread-safe. Anything thrown is a fault of the
 * gateway: the source should deliver again.
 */
public final class Ingest {
  /** Event ids are remembered: the bound of their number is one of memory only with this. */
  private static final int MAX_NAME_CHARS = 1_000;

  /** A log answers earlier, by its own bound. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Spaces spaces;
  private final IngestSettings settings;
  private final RecentIds ids;

  /** A log that outlives the process knows them itself. */
  private final boolean remembersIds;

  /** Into a log that is the only one. */
  public Ingest(TopicLog log, IngestSettings settings) {
    this(Spaces.of(log), settings);
  }

  /** Each event goes into the log of its topic. */
  public Ingest(Spaces spaces, IngestSettings settings) {
    this.spaces = spaces;
    this.settings = settings;
    this.ids = new RecentIds(settings.dedupIds());
    this.remembersIds = spaces.areVolatile();
  }

  /** Why nothing can be published at the moment; empty if it can. */
  public Optional<String> obstacle() {
    return spaces.all().stream()
        .map(space -> space.log().obstacle())
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Appends one event at once; never blocks.
   *
   * @return completes when the event is safe and can be read here; with {@link
   *     io.openclaw.gateway.log.LogUnavailableException} if that is not sure, in bounded time
   */
  public CompletableFuture<IngestResult> publish(SourceEvent event) {
    return append(List.of(check(event))).thenApply(results -> results.get(0));
  }

  /**
   * Appends one event and waits until it is safe.
   *
   * @throws io.openclaw.gateway.log.LogUnavailableException if that is not sure
   */
  public IngestResult publishAndWait(SourceEvent event) {
    return await(publish(event));
  }

  /**
   * Takes events of a source that will acknowledge them: from here on the gateway has them, and the
   * same ids are duplicates. In a log that ends with the process they are kept back until {@link
   * Staged#settle()}: then nobody has seen an event that the source delivers again after a crash.
   * The caller must settle, whatever became of the acknowledgement: if it failed, the events come
   * again and are duplicates. In a log that outlives the process they are appended here, and this
   * waits until they are safe.
   *
   * @throws io.openclaw.gateway.log.LogUnavailableException if that is not sure: the source must
   *     not acknowledge
   */
  public Staged stage(List<SourceEvent> events) {
    List<Item> items = new ArrayList<>(events.size());
    boolean done = false;
    try {
      for (SourceEvent event : events) {
        items.add(check(event));
      }
      Staged staged = new Staged(items);
      if (!spaces.areVolatile()) {
        staged.settle();
      }
      done = true;
      return staged;
    } finally {
      if (!done) {
        forget(items);
      }
    }
  }

  /** Why {@code event} can never work; empty if it can. Appends nothing and remembers nothing. */
  public Optional<IngestResult.Rejected> fault(SourceEvent event) {
    try {
      return fault(TopicName.of(event.topic()), event);
    } catch (IllegalTopicException e) {
      return Optional.of(badRequest(String.valueOf(e.getMessage())));
    }
  }

  private Item check(SourceEvent event) {
    TopicName topic;
    try {
      topic = TopicName.of(event.topic());
    } catch (IllegalTopicException e) {
      return Item.done(badRequest(String.valueOf(e.getMessage())));
    }
    Optional<IngestResult.Rejected> fault = fault(topic, event);
    return fault.isPresent() ? Item.done(fault.get()) : admit(topic, event);
  }

  private Optional<IngestResult.Rejected> fault(TopicName topic, SourceEvent event) {
    try {
      settings.topics().check(topic);
    } catch (IllegalTopicException e) {
      return Optional.of(badRequest(String.valueOf(e.getMessage())));
    }
    if (topic.isReserved()) {
      return Optional.of(badRequest("topics below $ belong to the gateway"));
    }
    if (event.payload().bytes() > settings.maxPayloadBytes()) {
      return Optional.of(tooLarge(event));
    }
    return faultBeside(event).map(Ingest::badRequest);
  }

  private static IngestResult.Rejected badRequest(String reason) {
    return new IngestResult.Rejected("bad_request", reason);
  }

  private Optional<String> faultBeside(SourceEvent event) {
    if (isTooLong(event.key()) || isTooLong(event.eventId()) || isTooLong(event.trace())) {
      return Optional.of("key, event id and trace have at most " + MAX_NAME_CHARS + " characters");
    }
    return event.payload() instanceof Payload.Json json
            && json.isDeeperThan(settings.maxJsonDepth())
        ? Optional.of("data has at most " + settings.maxJsonDepth() + " levels of nesting")
        : Optional.empty();
  }

  private static boolean isTooLong(@Nullable String name) {
    return name != null && name.length() > MAX_NAME_CHARS;
  }

  private IngestResult.Rejected tooLarge(SourceEvent event) {
    return new IngestResult.Rejected(
        "too_large",
        "the data has "
            + event.payload().bytes()
            + " bytes; at most "
            + settings.maxPayloadBytes()
            + " are allowed");
  }

  private Item admit(TopicName topic, SourceEvent event) {
    String id = event.eventId() == null ? null : topic + "\u0000" + event.eventId();
    if (id != null && remembersIds) {
      long first = ids.putIfAbsent(id);
      if (first != RecentIds.ABSENT) {
        return Item.done(new IngestResult.Duplicate(spaces.of(topic).log().head().at(first)));
      }
    }
    Draft draft =
        new Draft(
            topic,
            event.key(),
            event.payload(),
            event.removed(),
            event.trace(),
            event.origin(),
            event.eventId());
    return Item.waiting(draft, id);
  }

  /** Events on their way into the log. Confined to the thread that settles it. */
  public final class Staged {
    private final List<Item> items;
    private @Nullable List<IngestResult> results;

    private Staged(List<Item> items) {
      this.items = items;
    }

    /** Whether the event at {@code index} is or will be in the log; false if it was rejected. */
    public boolean accepted(int index) {
      return !(items.get(index).result instanceof IngestResult.Rejected);
    }

    /** What was rejected is known at once; see {@link #results()} for the rest. */
    public @Nullable IngestResult rejection(int index) {
      return accepted(index) ? null : items.get(index).result;
    }

    /** Lets everybody see the events, in order. Calling it again does nothing. */
    public void settle() {
      if (results == null) {
        results = await(append(items));
      }
    }

    /**
     * One result for each event, in order.
     *
     * @throws IllegalStateException before {@link #settle()}
     */
    public List<IngestResult> results() {
      if (results == null) {
        throw new IllegalStateException("not settled");
      }
      return results;
    }
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("interrupted while the log was asked", e);
    } catch (TimeoutException e) {
      throw new LogUnavailableException("the log did not answer in " + PATIENCE, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LogUnavailableException known
          ? new LogUnavailableException(String.valueOf(known.getMessage()), known)
          : new IllegalStateException("the log failed", e.getCause());
    }
  }

  private CompletableFuture<List<IngestResult>> append(List<Item> items) {
    List<Draft> drafts = new ArrayList<>(items.size());
    for (Item item : items) {
      if (item.draft != null) {
        drafts.add(item.draft);
      }
    }
    return drafts.isEmpty()
        ? CompletableFuture.completedFuture(results(items, List.of()))
        : appendOrForget(items, drafts).thenApply(placements -> results(items, placements));
  }

  private List<IngestResult> results(List<Item> items, List<Placement> placements) {
    List<IngestResult> results = new ArrayList<>(items.size());
    int next = 0;
    for (Item item : items) {
      results.add(item.draft == null ? item.outcome() : placed(item, placements.get(next++)));
    }
    return results;
  }

  /** An event that did not get into the log must not make its next delivery a duplicate. */
  private CompletableFuture<List<Placement>> appendOrForget(List<Item> items, List<Draft> drafts) {
    boolean begun = false;
    try {
      CompletableFuture<List<Placement>> appended = spaces.append(drafts);
      begun = true;
      return appended.whenComplete(
          (placements, failure) -> {
            if (failure != null) {
              forget(items);
            }
          });
    } finally {
      if (!begun) {
        forget(items);
      }
    }
  }

  private void forget(List<Item> items) {
    items.forEach(item -> ids.forget(item.id));
  }

  private IngestResult placed(Item item, Placement placement) {
    if (placement.duplicate()) {
      return new IngestResult.Duplicate(placement.position());
    }
    if (item.id != null) {
      ids.setOffset(item.id, placement.position().offset());
    }
    return new IngestResult.Published(placement.position());
  }

  /** One event: either with its result, or with the draft that is to be appended. */
  private record Item(@Nullable IngestResult result, @Nullable Draft draft, @Nullable String id) {
    static Item done(IngestResult result) {
      return new Item(result, null, null);
    }

    static Item waiting(Draft draft, @Nullable String id) {
      return new Item(null, draft, id);
    }

    IngestResult outcome() {
      if (result == null) {
        throw new IllegalStateException("an event without draft has a result");
      }
      return result;
    }
  }
}
