package io.openclaw.gateway.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be measured. */
enum Scenario {
  FAN_OUT("1,000 subscribers of one topic, rising rate", new FanOut()),
  TOPICS("1,000 topics with a subscriber each, rising rate", new ManyTopics()),
  LATENCY("20,000 deliveries a second", new Latency()),
  IDLE("10,000 idle connections", new Idle()),
  STORM("5,000 clients come back at once", new Storm()),
  STUCK("1 % of the clients never read", new Stuck()),
  JMS("from a queue to a client", new FromJms()),
  OUTBOX("from a table of a database to a client", new FromOutbox());

  private final String title;
  private final Measurement measurement;

  Scenario(String title, Measurement measurement) {
    this.title = title;
    this.measurement = measurement;
  }

  /** How one thing is measured. */
  interface Measurement {
    /**
     * Measures; takes minutes at most.
     *
     * @param rig fresh, for this measurement only
     */
    void run(Rig rig, Report.Column figures, Extent extent) throws Exception;

    /** Whether the gateway reads a database. */
    default boolean needsDatabase() {
      return false;
    }
  }

  String title() {
    return title;
  }

  Measurement measurement() {
    return measurement;
  }

  /** The name on the command line. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Scenario> of(String option) {
    return Arrays.stream(values()).filter(each -> each.option().equals(option)).findFirst();
  }
}
