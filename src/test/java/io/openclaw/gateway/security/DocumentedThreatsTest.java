package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of threats in docs/security.md names tests that exist. */
class DocumentedThreatsTest {
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))#(\\w+)`");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| [^*-].*\\|$");

  @Test
  void everyThreatHasATestThatExists() throws IOException {
    String text = Files.readString(Path.of("docs/security.md"));
    String table = text.substring(text.indexOf("## Threats"));
    List<String> rows = ROW.matcher(table).results().map(row -> row.group()).skip(1).toList();
    assertTrue(rows.size() > 40, () -> rows.size() + " rows");
    Map<String, String> sources = sources();
    for (String row : rows) {
      Matcher tests = TEST.matcher(row);
      assertTrue(tests.find(), () -> "no test: " + row);
      do {
        String source = sources.getOrDefault(tests.group(1), "");
        String method = "void " + tests.group(2) + "(";
        assertTrue(source.contains(method), tests::group);
      } while (tests.find());
    }
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  (Function<Path, String>) DocumentedThreatsTest::text));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
