package io.openclaw.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the examples of docs/protocol.md, each on a fresh gateway. */
class ProtocolDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/protocol.md");

  /** One example: the line it begins at, and its lines. */
  private record Example(int line, List<String> steps) {}

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> lines = Files.readAllLines(DOCUMENT);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```protocol")) {
        int end = i + lines.subList(i, lines.size()).indexOf("```");
        examples.add(new Example(i + 2, lines.subList(i + 1, end)));
      }
    }
    return examples;
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsWhatTheGatewayDoes() throws IOException {
    return examples().stream()
        .map(example -> DynamicTest.dynamicTest("line " + example.line(), () -> run(example)));
  }

  @Test
  void theDocumentHasExamples() throws IOException {
    assertTrue(examples().size() > 15);
  }

  private static void run(Example example) {
    ExampleGateway gateway = new ExampleGateway(example.steps());
    for (int i = 0; i < example.steps().size(); i++) {
      String step = example.steps().get(i);
      String content = step.substring(2);
      String where = "line " + (example.line() + i);
      switch (step.charAt(0)) {
        case '>' -> gateway.receive(content);
        case '*' -> gateway.letHappen(content);
        case '<' -> assertEquals(ExampleGateway.parse(content), gateway.nextMessage(), where);
        case 'x' -> assertEquals(Integer.parseInt(content), gateway.closeCode(), where);
        default -> fail(where + " begins with none of > < * x");
      }
    }
    assertEquals(List.of(), gateway.otherMessages(), "messages that the example does not show");
  }
}
