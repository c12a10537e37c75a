package io.openclaw.gateway.lab;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client of the lab: subscribes to a topic or to all, writes down what it is told, and when the
 * connection ends, in whatever way, comes back by the rules of the protocol. <i>Confined to the
 * crowd's thread.</i>
 */
final class LabClient implements Wire.Listener, Messages.Listener {
  private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Crowd crowd;
  private final ClientLog log;
  private final ComeBack comeBack;
  private final Standing standing = new Standing();
  private final Messages messages = new Messages(this);
  private @Nullable Wire wire;
  private boolean live;
  private long silenceNanos;

  /** When something is to be done unless something is heard before: connect, or cut. */
  private long deadlineNanos;

  LabClient(Crowd crowd, ClientLog log, ComeBack comeBack, long firstConnectNanos) {
    this.crowd = crowd;
    this.log = log;
    this.comeBack = comeBack;
    this.deadlineNanos = firstConnectNanos;
  }

  ClientLog log() {
    return log;
  }

  /** Looks at the clock. */
  void tick(Selector selector, long nowNanos) {
    if (nowNanos - deadlineNanos < 0) {
      return;
    }
    Wire silent = wire;
    if (silent == null) {
      connect(selector, nowNanos);
    } else {
      silent.cut();
      ended(0);
    }
  }

  /** Ends for good. */
  void stop() {
    Wire last = wire;
    if (last != null) {
      last.cut();
    }
  }

  private void connect(Selector selector, long nowNanos) {
    Node node = comeBack.next();
    log.add(new Entry.Connecting(nowNanos, node.number()));
    crowd.connecting();
    deadlineNanos = nowNanos + HANDSHAKE_NANOS;
    silenceNanos = HANDSHAKE_NANOS;
    try {
      wire = Wire.connect(this, node, crowd.token(), selector);
    } catch (IOException e) {
      ended(0);
    }
  }

  @Override
  public void heard() {
    deadlineNanos = crowd.nowNanos() + silenceNanos;
  }

  @Override
  public void text(String frame) {
    messages.take(frame);
  }

  @Override
  public void ended(int code) {
    long now = crowd.nowNanos();
    log.add(new Entry.Lost(now, code));
    wire = null;
    if (live) {
      live = false;
      crowd.liveChanged(-1);
    }
    deadlineNanos = now + comeBack.waitNanos();
  }

  @Override
  public void publication(String topic, long offset, long event, long sentNanos) {
    log.add(new Entry.Came(offset, event));
    standing.reached(offset);
    crowd.came(sentNanos);
    if (log.topic() != ClientLog.ALL && !topic.equals(Event.topicName(log.topic()))) {
      wrong("a publication of " + topic);
    }
  }

  @Override
  public void message(JsonObject message) {
    switch (message.getString("op", "")) {
      case "welcome" -> welcome(message);
      case "subscribed" -> subscribed(message);
      case "gap" -> gap(message);
      case "live", "ping" -> reached(message);
      case "goodbye" -> comeBack.goodbye(message);
      case "error" -> refused(message);
      default -> wrong(message.toString());
    }
  }

  private void welcome(JsonObject message) {
    silenceNanos = 2 * TimeUnit.MILLISECONDS.toNanos(message.getInt("heartbeat"));
    Wire open = wire;
    if (open != null) {
      open.send(standing.subscribe(Event.pattern(log.topic())));
    }
  }

  private void subscribed(JsonObject message) {
    log.add(
        new Entry.Subscribed(
            crowd.nowNanos(),
            message.getString("epoch"),
            offset(message, "offset"),
            message.getBoolean("recovered")));
    standing.subscribed(message);
  }

  private void gap(JsonObject message) {
    log.add(
        new Entry.Gap(
            crowd.nowNanos(),
            message.getString("reason"),
            message.getString("epoch"),
            offset(message, "from"),
            offset(message, "to")));
    standing.gap(message);
  }

  private void reached(JsonObject message) {
    if (!message.containsKey("offset")) {
      return;
    }
    log.add(new Entry.Live(crowd.nowNanos(), offset(message, "offset")));
    standing.reached(offset(message, "offset"));
    comeBack.settled();
    if (!live) {
      live = true;
      crowd.liveChanged(1);
    }
  }

  /** What can be tried again is tried again, over a new connection. */
  private void refused(JsonObject message) {
    if (!message.getBoolean("retry", false)) {
      wrong(message.toString());
    }
    Wire refusing = wire;
    if (refusing != null) {
      refusing.cut();
      ended(0);
    }
  }

  private static long offset(JsonObject message, String name) {
    return message.getJsonNumber(name).longValue();
  }

  @Override
  public void wrong(String text) {
    log.add(new Entry.Wrong(text.length() > 300 ? text.substring(0, 300) : text));
  }
}
