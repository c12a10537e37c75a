package io.openclaw.gateway.bench;

import io.openclaw.gateway.dev.Broker;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.time.Duration;

/** How many messages a second go from a queue into the log and to a client, in order, each once. */
final class FromJms implements Scenario.Measurement {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOPIC = "bench/jms";
  private static final int PAYLOAD_BYTES = 100;
  private static final int BATCH = 500;

  @Override
  public void run(Rig rig, Report.Column figures, Extent extent) throws Exception {
    rig.swarm().connect(1, i -> Client.Opening.subscribe(TOPIC), LIMIT);
    int count = extent.jmsMessages();
    for (String queue : new String[] {Broker.EVENTS, "bench.events"}) {
      String what = queue.equals(Broker.EVENTS) ? "message-driven bean" : "further source";
      live(rig, queue, count / 2);
      figures.put("JMS to client, persistent messages: " + what, live(rig, queue, count));
      figures.put("… from a full queue: " + what, fromFullQueue(rig, queue, count));
    }
  }

  /** From the first send to the last arrival; what is slower, sending or taking, is the limit. */
  private static String live(Rig rig, String queue, int count) throws Exception {
    rig.swarm().count(new Tally(0, Long.MAX_VALUE));
    long began = DueTime.now();
    send(rig, queue, count);
    double sendSeconds = (DueTime.now() - began) / 1e9;
    return figure(rig, queue, count, began, Text.format("sent in %.1f s", sendSeconds));
  }

  /** From the moment when the broker lets them go to the last arrival. */
  private static String fromFullQueue(Rig rig, String queue, int count) throws Exception {
    QueueControl control = new QueueControl(rig.broker(), queue);
    control.pause();
    rig.swarm().count(new Tally(0, Long.MAX_VALUE));
    send(rig, queue, count);
    long began = DueTime.now();
    control.resume();
    return figure(rig, queue, count, began, "all of them waiting");
  }

  private static String figure(Rig rig, String queue, int count, long began, String how)
      throws Exception {
    long end = DueTime.now() + LIMIT.toNanos();
    while (rig.swarm().received() < count && DueTime.now() < end) {
      Pause.millis(5);
    }
    double seconds = (DueTime.now() - began) / 1e9;
    Tally tally = rig.swarm().count(Tally.none());
    boolean whole = tally.received() == count && tally.disordered() == 0;
    String figure =
        Text.format(
            "%,.0f/s%s",
            tally.received() / seconds,
            whole ? "" : Text.format(" (%,d of %,d arrived)", tally.received(), count));
    System.out.println(Text.format("  %s: %s; %s", queue, figure, how));
    return figure;
  }

  private static void send(Rig rig, String queue, int count) throws Exception {
    try (JMSContext context = rig.broker().createContext(JMSContext.SESSION_TRANSACTED)) {
      JMSProducer producer = context.createProducer();
      Queue destination = context.createQueue(queue);
      for (int i = 0; i < count; i++) {
        TextMessage message =
            context.createTextMessage(Publisher.data(DueTime.now(), PAYLOAD_BYTES));
        message.setStringProperty("topic", TOPIC);
        producer.send(destination, message);
        if ((i + 1) % BATCH == 0 || i + 1 == count) {
          context.commit();
        }
      }
    }
  }
}
