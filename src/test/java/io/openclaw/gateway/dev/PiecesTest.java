package io.openclaw.gateway.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {
  private final List<String> closed = new ArrayList<>();
  private final Pieces pieces = new Pieces();

  @Test
  void closesInTheOppositeOrder() {
    pieces.add(() -> closed.add("first"));
    pieces.add(() -> closed.add("second"));
    pieces.close();
    assertEquals(List.of("second", "first"), closed);
  }

  @Test
  void closesAtOnceWhatComesTooLate() {
    pieces.close();
    pieces.add(() -> closed.add("late"));
    assertEquals(List.of("late"), closed);
  }

  @Test
  void deletesItsWorkDirectoryWithAllThatIsInIt() throws IOException {
    WorkDirectory directory = pieces.add(WorkDirectory.create());
    Files.writeString(Files.createDirectories(directory.path().resolve("a/b")).resolve("c"), "d");
    pieces.close();
    assertFalse(Files.exists(directory.path()));
  }
}
