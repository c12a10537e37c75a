package io.openclaw.gateway.source.camel;

import static org.awaitility.Awaitility.await;

import io.openclaw.gateway.camel.CamelContexts;
import io.openclaw.gateway.hook.Hooks;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceRegistry;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Real routes that publish into one real log. */
public final class RouteFixture implements AutoCloseable {
  public static final int MAX_PAYLOAD_BYTES = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final TopicLog log;
  private final Ingest ingest;
  private final Map<String, String> settings = new ConcurrentHashMap<>();
  private final Letters letters = new Letters();
  private final CamelSource.Parts parts;
  private final SourceRegistry registry;

  private RouteFixture(
      LogSettings logSettings,
      UnaryOperator<TopicLog> around,
      ClassLoader classes,
      Map<String, Object> beans) {
    log = new MemoryTopicLog("test", logSettings, System::currentTimeMillis);
    ingest = new Ingest(around.apply(log), new IngestSettings(MAX_PAYLOAD_BYTES, 100_000));
    CamelContexts contexts =
        new CamelContexts(
            new CamelContexts.Parts(
                Thread::new,
                classes,
                settings::get,
                MAX_PAYLOAD_BYTES,
                Duration.ofSeconds(1),
                beans));
    parts =
        new CamelSource.Parts(
            contexts, ingest, LogTails.of(Spaces.of(log)), MAX_PAYLOAD_BYTES, address -> letters);
    registry = new SourceRegistry(this::make, Duration.ofSeconds(5));
  }

  public static RouteFixture create() {
    return create(LogSettings.DEFAULT, UnaryOperator.identity());
  }

  /** With something between ingest and the log. */
  public static RouteFixture create(LogSettings logSettings, UnaryOperator<TopicLog> around) {
    return new RouteFixture(logSettings, around, RouteFixture.class.getClassLoader(), Map.of());
  }

  /** With the connectors that {@code classes} sees, and hooks. */
  public static RouteFixture create(ClassLoader classes, Hooks hooks) {
    return new RouteFixture(
        LogSettings.DEFAULT, UnaryOperator.identity(), classes, Map.of("hooks", hooks));
  }

  private Source make(SourceSettings one) {
    Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(500), new Random(1));
    SourceLoop.Parts loop = new SourceLoop.Parts(Thread::new, backoff, Duration.ofSeconds(30));
    return CamelSource.of((RouteFileSettings) one, parts, loop);
  }

  /** An outlet in memory that can be told to fail. */
  public static final class Letters implements Outlet {
    private final List<Outbound> received = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    @Override
    public void send(List<Outbound> messages) throws OutletException {
      if (broken) {
        throw new OutletException("it is away");
      }
      received.addAll(messages);
    }

    public List<Outbound> received() {
      return List.copyOf(received);
    }

    public void breakDown(boolean down) {
      broken = down;
    }

    @Override
    public void close() {}
  }

  /** Sets what <code>{{key}}</code> stands for. */
  public void set(String key, String value) {
    settings.put(key, value);
  }

  public Letters letters() {
    return letters;
  }

  public Ingest ingest() {
    return ingest;
  }

  public TopicLog log() {
    return log;
  }

  public static RouteFileSettings file(String name, String yaml) {
    return file(name, yaml, FailurePolicy.DEFAULT);
  }

  public static RouteFileSettings file(String name, String yaml, FailurePolicy policy) {
    SourceOptions options = new SourceOptions(policy, "jms:queue/dead", false, false);
    return new RouteFileSettings(name + ".yaml", yaml, "", options);
  }

  /** Makes these the running files. */
  public void apply(RouteFileSettings... files) {
    registry.apply(List.of(files));
  }

  /** Makes these the running files and waits until all routes run. */
  public void run(RouteFileSettings... files) {
    apply(files);
    for (RouteFileSettings each : files) {
      awaitStatus(each.name(), Status.UP);
    }
  }

  public Source source(String name) {
    return registry.find(name).orElseThrow().source();
  }

  public List<SourceRegistry.Running> sources() {
    return registry.all();
  }

  public void awaitStatus(String name, Status status) {
    await(name + " " + status)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> source(name).state().status() == status);
  }

  /** Waits for so many publications and returns all that are there, as {@code topic key data}. */
  public List<String> awaitPublications(int count) {
    await("publications")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> log.head().offset() >= count);
    return publications();
  }

  public List<String> publications() {
    return log.readAfter(0, Integer.MAX_VALUE).stream().map(RouteFixture::written).toList();
  }

  private static String written(Publication publication) {
    String data =
        publication.payload() instanceof Payload.Json json
            ? json.text()
            : publication.payload().toString();
    String key = publication.key() == null ? "" : " " + publication.key();
    return publication.topic() + key + " " + data + (publication.removed() ? " removed" : "");
  }

  @Override
  public void close() {
    registry.stop();
  }
}
