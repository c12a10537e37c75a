package io.openclaw.gateway.source;

import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which sources there should be: those of the configuration, and those that administrators added
 * while the gateway ran, which are kept in a file. Where no file is configured, none can be added.
 * Thread-safe; changes are made one after the other and may block, readers never wait.
 */
public final class SourceCatalog {
  private static final Logger LOG = System.getLogger(SourceCatalog.class.getName());
  private static final int MAX_ADDED = 1_000;

  private final SourceRegistry registry;
  private final Reader reader;
  private final @Nullable AddedSourcesFile file;
  private final Map<String, Added> added = new LinkedHashMap<>();
  private List<SourceSettings> configured = List.of();

  /** Makes settings of what was written. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param kind {@code jms}, {@code kafka}, …
     * @param json the source as an item of {@code openclaw.yaml}
     * @throws IllegalArgumentException with all faults
     */
    SourceSettings read(String kind, String json);
  }

  private record Added(JsonObject json, SourceSettings settings) {}

  /**
   * @param file where added sources are kept, or null: none can be added
   * @throws IllegalArgumentException if the file cannot be used
   */
  public SourceCatalog(SourceRegistry registry, Reader reader, @Nullable Path file) {
    this.registry = registry;
    this.reader = reader;
    this.file = file == null ? null : new AddedSourcesFile(file);
    if (this.file != null) {
      this.file.read().forEach((name, json) -> added.put(name, new Added(json, kept(name, json))));
    }
  }

  /** What was good once may not be any more: a placeholder without value, another version. */
  private SourceSettings kept(String name, JsonObject json) {
    try {
      return read(name, json);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "{0}: cannot be read any more: {1}", name, e.getMessage());
      return new UnreadSettings(name, String.valueOf(e.getMessage()));
    }
  }

  /** Lets {@code sources} be those of the configuration; quick if nothing changed. */
  public synchronized void configure(List<SourceSettings> sources) {
    configured = List.copyOf(sources);
    apply();
  }

  private void apply() {
    List<SourceSettings> wanted = new ArrayList<>(configured);
    added.values().forEach(each -> wanted.add(each.settings()));
    registry.apply(wanted);
  }

  /**
   * Adds a source, or changes one that was added.
   *
   * @param name {@code kafka:orders}
   * @param json the source as an item of {@code openclaw.yaml}
   * @throws IllegalArgumentException with words for the operator, if that cannot be
   */
  public synchronized void put(String name, JsonObject json) {
    AddedSourcesFile file = changeable(name);
    SourceSettings settings = read(name, json);
    if (!added.containsKey(name) && added.size() >= MAX_ADDED) {
      throw new IllegalArgumentException("at most " + MAX_ADDED + " sources are added");
    }
    Map<String, JsonObject> next = jsons();
    next.put(name, json);
    file.write(next);
    added.put(name, new Added(json, settings));
    apply();
  }

  /**
   * Removes a source that was added.
   *
   * @return whether there was one
   * @throws IllegalArgumentException with words for the operator, if it is one of the configuration
   */
  public synchronized boolean remove(String name) {
    AddedSourcesFile file = changeable(name);
    Map<String, JsonObject> next = jsons();
    if (next.remove(name) == null) {
      return false;
    }
    file.write(next);
    added.remove(name);
    apply();
    return true;
  }

  /** The sources that were added, by name, as items of {@code openclaw.yaml}. */
  public synchronized Map<String, JsonObject> added() {
    return jsons();
  }

  /**
   * Lets the added sources be exactly these, as other nodes have them; what cannot be read here is
   * there and down. They are kept in the file, if there is one; quick if nothing changes.
   */
  public synchronized void become(Map<String, JsonObject> next) {
    if (next.equals(jsons())) {
      return;
    }
    if (file != null) {
      file.write(next);
    }
    added.keySet().retainAll(next.keySet());
    next.forEach(
        (name, json) -> {
          Added known = added.get(name);
          if (known == null || !known.json().equals(json)) {
            added.put(name, new Added(json, kept(name, json)));
          }
        });
    apply();
  }

  private AddedSourcesFile changeable(String name) {
    if (file == null) {
      throw new IllegalArgumentException(
          "sources are changed in openclaw.yaml; here only where openclaw.sources.file is set");
    }
    if (configured.stream().anyMatch(each -> each.name().equals(name))) {
      throw new IllegalArgumentException(name + " is configured: it is changed in openclaw.yaml");
    }
    return file;
  }

  private Map<String, JsonObject> jsons() {
    Map<String, JsonObject> jsons = new LinkedHashMap<>();
    added.forEach((name, each) -> jsons.put(name, each.json()));
    return jsons;
  }

  private SourceSettings read(String name, JsonObject json) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    SourceSettings settings = reader.read(kind, json.toString());
    if (!settings.name().equals(name)) {
      throw new IllegalArgumentException(
          "the source calls itself " + settings.name() + ", not " + name);
    }
    return settings;
  }

  /** The sources that there are, by name. */
  public List<SourceRegistry.Running> all() {
    return registry.all();
  }

  /** The source of that name. */
  public Optional<SourceRegistry.Running> find(String name) {
    return registry.find(name);
  }
}
