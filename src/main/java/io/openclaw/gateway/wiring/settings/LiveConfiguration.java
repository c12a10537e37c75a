package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.forward.ForwardRules;
import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.request.Services;
import io.openclaw.gateway.security.AccessPolicy;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.topic.TopicRules;
import io.openclaw.gateway.wiring.settings.ConfigurationFile.Reload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code openclaw.yaml} says now. {@link #sweep()}, called every second or so, puts a changed
 * file in force; whoever runs the sources asks for them after each sweep. A changed file with a
 * fault is logged once and changes nothing.
 *
 * <p>Policy and topic rules may be read by any thread; {@code sweep} is confined to one at a time.
 */
public final class LiveConfiguration {
  private static final Logger LOG = System.getLogger(LiveConfiguration.class.getName());
  private static final String BUILT_IN = "default-openclaw.yaml";

  private final @Nullable ConfigurationFile file;
  private final CurrentPolicy policy;
  private final TopicRules topics;
  private final ForwardRules forwards;
  private final Services services;
  private volatile GatewayConfiguration configuration;

  private LiveConfiguration(@Nullable ConfigurationFile file, GatewayConfiguration atStart) {
    this.file = file;
    this.configuration = atStart;
    this.policy = new CurrentPolicy(new AccessPolicy(atStart.access()));
    this.topics = new TopicRules(atStart.topics());
    this.forwards = new ForwardRules(atStart.forwards());
    this.services = new Services(atStart.services());
  }

  /**
   * Reads {@code path}, or the built-in file if it is null, and logs what is odd about the
   * settings: only now it is known which ones nobody reads.
   *
   * @param settings fill the file's placeholders
   * @throws ConfigurationException if the file cannot be read or has faults
   */
  public static LiveConfiguration load(@Nullable Path path, SettingsReader settings) {
    LiveConfiguration loaded = load(path, new ConfigurationReader(settings));
    settings.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    return loaded;
  }

  private static LiveConfiguration load(@Nullable Path path, ConfigurationReader reader) {
    if (path == null) {
      return new LiveConfiguration(null, reader.read(BUILT_IN, builtIn()));
    }
    ConfigurationFile file = new ConfigurationFile(path, reader);
    return new LiveConfiguration(file, file.load());
  }

  /**
   * The access rules of a proposed file, of which nothing else is looked at. Its placeholders are
   * not filled: whoever proposes must not learn settings.
   *
   * @throws IllegalArgumentException with all faults
   */
  public static AccessPolicy accessOf(String yaml) {
    SettingsReader nothing = new SettingsReader(SettingsSource.of(Map.of()));
    try {
      ConfigurationReader reader = new ConfigurationReader(nothing);
      return new AccessPolicy(reader.readAccess("policy", yaml));
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(String.join("; ", e.faults()), e);
    }
  }

  /**
   * One source, written as an item of the file. Its placeholders are filled only with settings that
   * begin with {@code openclaw.sources.}: whoever adds a source must not learn the others.
   *
   * @param clusters that it may name
   * @throws IllegalArgumentException with all faults
   */
  public static SourceSettings sourceOf(
      String kind, String text, SettingsReader settings, List<KafkaCluster> clusters) {
    YamlFile file = new YamlFile("source", new Placeholders(settings, "openclaw.sources."));
    Optional<SourceSettings> source =
        file.parse(text).flatMap(item -> SourcesSection.one(kind, item, clusters));
    try {
      file.check();
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(String.join("; ", e.faults()), e);
    }
    return source.orElseThrow(() -> new IllegalArgumentException("there is no source in it"));
  }

  /** The text that counts where no file is configured. */
  static String builtIn() {
    try (InputStream in = LiveConfiguration.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException(BUILT_IN + " is not in the archive");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What counts now. */
  public GatewayConfiguration configuration() {
    return configuration;
  }

  /** The policy in force, always the same holder. */
  public CurrentPolicy policy() {
    return policy;
  }

  /** The rules of topics in force, always the same holder. */
  public TopicRules topics() {
    return topics;
  }

  /** Which topics are forwarded now, always the same holder. */
  public ForwardRules forwards() {
    return forwards;
  }

  /** Whom clients may ask now, always the same holder. */
  public Services services() {
    return services;
  }

  /**
   * Looks whether the file has changed and puts it in force. Reads a file, so it may block.
   *
   * @return whether access rules changed: who is subscribed must be asked about again
   */
  public boolean sweep() {
    Reload reload = file == null ? new Reload.Unchanged() : file.check();
    if (reload instanceof Reload.Rejected rejected) {
      LOG.log(Level.WARNING, "The changed configuration is not used. {0}", rejected.message());
    }
    return reload instanceof Reload.Changed changed && replace(changed.configuration());
  }

  private boolean replace(GatewayConfiguration changed) {
    boolean accessChanged = !changed.access().equals(configuration.access());
    topics.replace(changed.topics());
    forwards.replace(changed.forwards());
    services.replace(changed.services());
    if (accessChanged) {
      policy.replace(new AccessPolicy(changed.access()));
    }
    if (!changed.spaces().equals(configuration.spaces())) {
      LOG.log(Level.WARNING, "Spaces are fixed at the start: their change counts after the next.");
    }
    configuration = changed;
    LOG.log(Level.INFO, "The changed configuration is in force.");
    return accessChanged;
  }
}
