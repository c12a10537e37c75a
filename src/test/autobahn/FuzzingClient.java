import java.util.HashMap;
import java.util.List;
import java.util.Map;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import me.normanmaurer.maven.autobahntestsuite.FuzzingCaseResult;

/**
 * Runs the fuzzing client of the Autobahn test suite and prints a line for each case: name,
 * behaviour, behaviour when closing. Run from its source in a JVM of its own: the suite is Python,
 * run by Jython, which takes a Java package {@code io} on the class path for its own module io.
 */
public final class FuzzingClient {
  private FuzzingClient() {}

  /** Arguments: the server's name, the URL, and patterns of the cases. */
  public static void main(String[] arguments) {
    List<String> cases = List.of(arguments).subList(2, arguments.length);
    Map<Object, Object> options = new HashMap<>(Map.of("version", 18));
    for (FuzzingCaseResult result :
        AutobahnTestSuite.runFuzzingClient(arguments[0], arguments[1], options, cases, List.of())) {
      Object behavior = result.behavior();
      Object closing = result.behaviorClose();
      System.out.println("CASE " + result.caseName() + " " + behavior + " " + closing);
    }
    System.exit(0);
  }
}
