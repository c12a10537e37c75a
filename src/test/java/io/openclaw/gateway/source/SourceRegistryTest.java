package io.openclaw.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceRegistryTest {
  private final List<String> notes = new ArrayList<>();
  private final SourceRegistry registry =
      new SourceRegistry(
          settings -> {
            if (settings.name().equals("bad")) {
              throw new IllegalArgumentException("no such thing");
            }
            return new StillSource(settings.name(), notes);
          },
          Duration.ZERO);

  private static SourceSettings settings(String name, int revision) {
    return StillSource.Settings.of(name, revision);
  }

  @Test
  void startsWhatIsNewAndStopsWhatIsGone() {
    registry.apply(List.of(settings("a", 1), settings("b", 1)));
    registry.apply(List.of(settings("b", 1), settings("c", 1)));
    assertEquals(List.of("start a", "start b", "stop a", "start c"), notes);
    assertEquals(List.of("b", "c"), registry.all().stream().map(each -> each.name()).toList());
  }

  @Test
  void leavesWhatIsTheSameAlone() {
    registry.apply(List.of(settings("a", 1)));
    Source before = registry.find("a").orElseThrow().source();
    registry.apply(List.of(settings("a", 1)));
    assertSame(before, registry.find("a").orElseThrow().source());
    assertEquals(List.of("start a"), notes);
  }

  @Test
  void stopsWhatHasChangedBeforeItStartsItAgain() {
    registry.apply(List.of(settings("a", 1)));
    registry.apply(List.of(settings("a", 2)));
    assertEquals(List.of("start a", "stop a", "start a"), notes);
  }

  @Test
  void oneThatCannotBeMadeIsDownAndTheOthersRun() {
    registry.apply(List.of(settings("bad", 1), settings("a", 1)));
    assertEquals(List.of("start a"), notes);
    assertEquals(Map.of("bad", "no such thing"), registry.problems());
  }

  @Test
  void oneThatIsNotRequiredIsNoProblem() {
    SourceOptions optional = new SourceOptions(FailurePolicy.DEFAULT, "", false, false);
    registry.apply(List.of(new StillSource.Settings("bad", 1, optional)));
    assertEquals(Map.of(), registry.problems());
  }

  @Test
  void ofTwoWithOneNameTheFirstCounts() {
    registry.apply(List.of(settings("a", 1), settings("a", 2)));
    assertEquals(settings("a", 1), registry.find("a").orElseThrow().settings());
  }

  @Test
  void startsNothingWhileTheyAreHeld() {
    registry.apply(List.of(settings("a", 1)));
    registry.hold();
    registry.apply(List.of(settings("a", 1), settings("b", 1)));
    assertEquals(List.of("start a", "stop a"), notes);
    registry.release();
    registry.apply(List.of(settings("a", 1)));
    assertEquals(List.of("start a", "stop a", "start a"), notes);
  }

  @Test
  void whatWasPausedWhenTheyWereHeldStartsPaused() {
    registry.apply(List.of(settings("a", 1), settings("b", 1)));
    registry.find("b").orElseThrow().source().pause();
    registry.hold();
    registry.hold();
    registry.release();
    int held = notes.size();
    registry.apply(List.of(settings("a", 1), settings("b", 1)));
    assertEquals(List.of("start a", "pause b", "start b"), notes.subList(held, notes.size()));
  }

  @Test
  void stopsAll() {
    registry.apply(List.of(settings("a", 1)));
    registry.stop();
    assertEquals(List.of("start a", "stop a"), notes);
    assertEquals(List.of(), registry.all());
  }
}
