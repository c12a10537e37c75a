package io.openclaw.gateway.log.journal.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.journal.AppendSettings;
import io.openclaw.gateway.log.journal.JournalLog;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;

/** The log of a cluster as one of its nodes has it. */
final class RingNode implements AutoCloseable {
  private final HazelcastInstance member;
  private final HazelcastJournal journal;
  private final JournalLog log;

  RingNode(HazelcastInstance member, String ring, LogSettings settings, LongSupplier clockMillis) {
    this(member, ring, settings, clockMillis, QuorumRule.HALF);
  }

  RingNode(
      HazelcastInstance member,
      String ring,
      LogSettings settings,
      LongSupplier clockMillis,
      QuorumRule rule) {
    this(member, ring, settings, clockMillis, rule, Duration.ofMinutes(10));
  }

  /**
   * @param maxAge of what is in the ring
   */
  RingNode(
      HazelcastInstance member,
      String ring,
      LogSettings settings,
      LongSupplier clockMillis,
      QuorumRule rule,
      Duration maxAge) {
    this.member = member;
    journal =
        new HazelcastJournal(
            member,
            new RingSettings(
                ring,
                Math.max(1_000, 2 * settings.maxCount() + 1_000),
                1L << 30,
                maxAge,
                1,
                rule,
                Duration.ofSeconds(10)),
            Thread::new,
            System::nanoTime,
            () -> UUID.randomUUID().toString());
    log =
        new JournalLog(
            journal,
            ThreadLocalRandom.current().nextLong(),
            settings,
            AppendSettings.DEFAULT,
            clockMillis,
            System::nanoTime);
  }

  /** Opens it and waits until it can be used. */
  RingNode open() {
    log.open();
    awaitReady();
    return this;
  }

  void awaitReady() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> log.obstacle().isEmpty());
  }

  JournalLog log() {
    return log;
  }

  HazelcastJournal journal() {
    return journal;
  }

  /** Ends the member as a death of its process does. */
  void die() {
    member.getLifecycleService().terminate();
  }

  @Override
  public void close() {
    log.close();
  }
}
