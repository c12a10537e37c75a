package io.openclaw.gateway.log.journal.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.journal.Journal;
import io.openclaw.gateway.log.journal.hazelcast.RingTrack.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RingTrackTest {
  private static final byte[] ENTRY = {1};

  private final List<String> leaving = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private final RingTrack track = track();
  private long next;

  private RingTrack track() {
    return new RingTrack(leaving::add, (member, members) -> seen.add(member + ":" + members));
  }

  private Change take(RingEntry entry) {
    return track.take(next++, entry.bytes());
  }

  private Change take() {
    return track.take(next++, ENTRY);
  }

  private List<Long> ready() {
    return track.ready().stream().map(Journal.Entry::offset).toList();
  }

  private Lineage life() {
    return Objects.requireNonNull(track.lineage());
  }

  private static RingEntry.Mark first(String epoch) {
    return new RingEntry.Mark("", Lineage.of(epoch), false, 0, -1);
  }

  @Test
  void showsNothingBeforeItIsOnASecondNode() {
    take(first("e"));
    take();
    take();
    assertEquals(List.of(), ready());
    assertTrue(track.holds());
    take(new RingEntry.Commit(1));
    assertEquals(List.of(2L), ready());
    take(new RingEntry.Commit(2));
    assertEquals(List.of(3L), ready());
    assertFalse(track.holds());
  }

  @Test
  void whatStandsBeforeTheFirstMarkIsOfNoLife() {
    take();
    assertNull(track.lineage());
    assertEquals(Change.BEGUN, take(first("e")));
    take();
    take(new RingEntry.Commit(2));
    assertEquals(List.of(3L), ready());
  }

  @Test
  void ofTwoWhoNameALifeTheFirstIsRight() {
    take(first("e"));
    assertEquals(Change.NOTHING, take(first("late")));
    assertEquals("e", life().epoch());
  }

  @Test
  void aLifeThatGoesOnEndsTheFormerWhereAllHadSeenIt() {
    take(first("e"));
    take();
    take();
    take(new RingEntry.Commit(1));
    assertEquals(Change.GOES_ON, take(track.next(life(), "f")));
    assertEquals(Lineage.of("e").next("f", 2), life());
    assertTrue(life().includes("e", 2));
    assertFalse(life().includes("e", 3));
  }

  @Test
  void oneThatJoinsLaterKnowsTheSameLives() {
    take(first("e"));
    take();
    take(new RingEntry.Commit(1));
    take(track.next(life(), "f"));
    RingEntry.Mark again = track.mark(life());
    RingTrack joined = track();
    long at = next;
    joined.take(at, ENTRY);
    assertEquals(Change.BEGUN, joined.take(at + 1, again.bytes()));
    assertEquals(life(), joined.lineage());
    joined.take(at + 2, new RingEntry.Commit(at).bytes());
    assertEquals(at + 1, joined.ready().get(0).offset());
    assertEquals(at, joined.floor(at));
  }

  @Test
  void sayingALifeAgainChangesNothing() {
    take(first("e"));
    take();
    take(new RingEntry.Commit(1));
    assertEquals(Change.NOTHING, take(track.mark(life())));
    assertEquals(List.of(2L), ready());
    assertEquals(0, track.sinceMark());
  }

  @Test
  void aLifeThatBeginsAnewHasNothingOfTheFormer() {
    take(first("e"));
    take();
    assertEquals(Change.BEGUN, take(track.anew(life(), "f", 0)));
    take(new RingEntry.Commit(3));
    assertEquals(List.of(), ready());
    assertFalse(life().includes("e", 0));
    assertEquals(3, track.floor(0));
  }

  @Test
  void tellsWhoIsGoingToLeave() {
    take(new RingEntry.Leaving("a"));
    assertEquals(List.of("a"), leaving);
  }

  @Test
  void tellsWhomAMemberSees() {
    take(new RingEntry.Seen("a", "a,b"));
    assertEquals(List.of("a:a,b"), seen);
  }
}
