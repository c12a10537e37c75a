package io.openclaw.gateway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The examples of {@code docs/sources.md}: what is to be configured, fed and expected. */
final class SourcesPage {
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)(?: (\\S+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final List<Example> examples = new ArrayList<>();
  private final Map<String, String> routes = new LinkedHashMap<>();
  private Map<String, Object> configuration = new LinkedHashMap<>();

  /**
   * One example.
   *
   * @param title of its section
   * @param language how the input is written: {@code jms}, {@code sql}, …
   * @param input what arrives
   * @param publication what a client gets, as JSON
   */
  record Example(String title, String language, String input, String publication) {
    @Override
    public String toString() {
      return title;
    }
  }

  private SourcesPage() {}

  /** Reads the page. */
  static SourcesPage read(Path file) throws IOException {
    String text = Files.readString(file);
    SourcesPage page = new SourcesPage();
    String[] sections = text.substring(text.indexOf("\n## One envelope")).split("\n### ", -1);
    for (int i = 1; i < sections.length; i++) {
      page.section(sections[i]);
    }
    return page;
  }

  private void section(String text) {
    String title = text.substring(0, text.indexOf('\n'));
    String language = "";
    String input = "";
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      String body = blocks.group(3);
      if (blocks.group(2) != null) {
        routes.put(blocks.group(2), body);
      } else if (blocks.group(1).equals("yaml")) {
        configuration = merged(configuration, parsed(body));
      } else if (blocks.group(1).equals("json")) {
        examples.add(new Example(title, language, input.strip(), body));
      } else {
        language = blocks.group(1);
        input = body;
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parsed(String yaml) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> merged(Map<String, Object> one, Map<String, Object> other) {
    Map<String, Object> both = new LinkedHashMap<>(one);
    other.forEach((key, value) -> both.merge(key, value, SourcesPage::both));
    return both;
  }

  @SuppressWarnings("unchecked")
  private static Object both(Object one, Object other) {
    if (one instanceof List<?> first) {
      List<Object> all = new ArrayList<>(first);
      all.addAll((List<Object>) other);
      return all;
    }
    return merged((Map<String, Object>) one, (Map<String, Object>) other);
  }

  List<Example> examples() {
    return examples;
  }

  /** Files of routes by their name. */
  Map<String, String> routes() {
    return routes;
  }

  /** Everything that the page configures, with {@code more} before it, as one file. */
  String configuration(String more) {
    return new Dump(DumpSettings.builder().build())
        .dumpToString(merged(parsed(more), configuration));
  }
}
