package io.openclaw.gateway.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TopicTrieTest {
  /** One call of the trie, as a property plays it. */
  record Step(boolean add, String pattern, int value) {}

  @Provide
  Arbitrary<String> patterns() {
    Arbitrary<List<String>> heads =
        Arbitraries.of("a", "b", "$s", "+").list().ofMinSize(0).ofMaxSize(4);
    return heads
        .flatMap(head -> Arbitraries.of("a", "+", "#").map(tail -> join(head, tail)))
        .filter(text -> !text.isEmpty());
  }

  @Provide
  Arbitrary<String> topics() {
    return Arbitraries.of("a", "b", "c", "$s")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(levels -> String.join("/", levels));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> values = Arbitraries.integers().between(1, 60);
    Arbitrary<String> fewPatterns = Arbitraries.of("a/b", "a/+", "#", "a/#", "+/b/#");
    return Arbitraries.of(true, true, false)
        .flatMap(add -> fewPatterns.flatMap(p -> values.map(v -> new Step(add, p, v))))
        .list()
        .ofMaxSize(400);
  }

  private static String join(List<String> head, String tail) {
    List<String> levels = new ArrayList<>(head);
    levels.add(tail);
    return String.join("/", levels);
  }

  private static <T> List<T> matches(TopicTrie<T> trie, String topic) {
    List<T> found = new ArrayList<>();
    trie.forEachMatch(TopicName.of(topic), found::add);
    return found;
  }

  @Property
  void agreesWithThePatternsThemselves(
      @ForAll("patternLists") List<String> patterns, @ForAll("topics") String topic) {
    TopicTrie<String> trie = new TopicTrie<>();
    Set<String> distinct = new HashSet<>(patterns);
    distinct.forEach(pattern -> trie.add(TopicPattern.of(pattern), pattern));
    List<String> found = matches(trie, topic);
    Set<String> expected = new HashSet<>(distinct);
    expected.removeIf(pattern -> !TopicPattern.of(pattern).matches(TopicName.of(topic)));
    assertEquals(expected.size(), found.size(), () -> "found " + found);
    assertEquals(expected, new HashSet<>(found));
  }

  @Provide
  Arbitrary<List<String>> patternLists() {
    return patterns().list().ofMaxSize(40);
  }

  @Property
  void isEmptyWhenEverythingWasTakenOutAgain(@ForAll("patternLists") List<String> patterns) {
    TopicTrie<String> trie = new TopicTrie<>();
    Set<String> distinct = new HashSet<>(patterns);
    distinct.forEach(pattern -> assertTrue(trie.add(TopicPattern.of(pattern), "x")));
    distinct.forEach(pattern -> assertTrue(trie.remove(TopicPattern.of(pattern), "x")));
    assertTrue(trie.isEmpty());
  }

  @Property(tries = 300)
  void keepsExactlyWhatWasAddedAndNotRemoved(@ForAll("steps") List<Step> steps) {
    TopicTrie<Integer> numbers = new TopicTrie<>();
    Set<Step> model = new HashSet<>();
    for (Step step : steps) {
      TopicPattern pattern = TopicPattern.of(step.pattern());
      Step entry = new Step(true, step.pattern(), step.value());
      boolean changes = step.add() ? model.add(entry) : model.remove(entry);
      boolean changed =
          step.add() ? numbers.add(pattern, step.value()) : numbers.remove(pattern, step.value());
      assertEquals(changes, changed);
    }
    List<Integer> expected =
        model.stream()
            .filter(entry -> TopicPattern.of(entry.pattern()).matches(TopicName.of("a/b")))
            .map(Step::value)
            .sorted()
            .toList();
    assertEquals(expected, matches(numbers, "a/b").stream().sorted().toList());
    assertEquals(model.isEmpty(), numbers.isEmpty());
  }

  @Example
  void givesEachValueOfAPatternOnce() {
    TopicTrie<String> trie = new TopicTrie<>();
    assertTrue(trie.add(TopicPattern.of("a/+"), "one"));
    assertFalse(trie.add(TopicPattern.of("a/+"), "one"));
    trie.add(TopicPattern.of("a/+"), "two");
    assertEquals(List.of("one", "two"), matches(trie, "a/b"));
  }

  @Example
  void givesAValueOnceForEachPatternThatMatches() {
    TopicTrie<String> trie = new TopicTrie<>();
    trie.add(TopicPattern.of("a/b"), "x");
    trie.add(TopicPattern.of("a/#"), "x");
    assertEquals(List.of("x", "x"), matches(trie, "a/b"));
  }

  @Example
  void removesOnlyWhatIsThere() {
    TopicTrie<String> trie = new TopicTrie<>();
    trie.add(TopicPattern.of("a/b"), "x");
    trie.add(TopicPattern.of("a/+/c"), "x");
    assertFalse(trie.remove(TopicPattern.of("a/b"), "y"));
    assertFalse(trie.remove(TopicPattern.of("a/+"), "x"));
    assertFalse(trie.remove(TopicPattern.of("a/+/+"), "x"));
    assertFalse(trie.remove(TopicPattern.of("nothing"), "x"));
    assertFalse(trie.isEmpty());
  }

  @Example
  void removingOneOfVeryManyValuesDoesNotSearchThem() {
    int count = 200_000;
    TopicTrie<Counted> sessions = new TopicTrie<>();
    List<Counted> values = IntStream.range(0, count).mapToObj(Counted::new).toList();
    values.forEach(value -> sessions.add(TopicPattern.of("stock/#"), value));
    Counted.comparisons = 0;
    values.forEach(value -> assertTrue(sessions.remove(TopicPattern.of("stock/#"), value)));
    assertTrue(sessions.isEmpty());
    assertTrue(Counted.comparisons < 10L * count, () -> Counted.comparisons + " comparisons");
  }

  /** Counts how often it is compared. */
  private static final class Counted {
    private static long comparisons;
    private final int number;

    Counted(int number) {
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      comparisons++;
      return other instanceof Counted counted && counted.number == number;
    }

    @Override
    public int hashCode() {
      return Integer.hashCode(number);
    }
  }
}
