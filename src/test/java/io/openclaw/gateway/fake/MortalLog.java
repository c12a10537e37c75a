package io.openclaw.gateway.fake;

import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicName;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;

/**
 * A log whose life can end between any two looks at it; the next one has publications already. Its
 * publications carry the epoch as data: {@code e1}, {@code e2}. Confined to one thread.
 */
public final class MortalLog {
  private static final int BORN_WITH = 20;

  private final TopicLog seen =
      (TopicLog)
          Proxy.newProxyInstance(
              MortalLog.class.getClassLoader(), new Class<?>[] {TopicLog.class}, this::look);
  private final String topic;
  private MemoryTopicLog life = newLife("e1");
  private String diesAfter = "";

  /**
   * @param topic of all publications
   */
  public MortalLog(String topic) {
    this.topic = topic;
  }

  /** The log as others see it. */
  public TopicLog log() {
    return seen;
  }

  /** Appends so many. */
  public void append(int count) {
    Payload payload = new Payload.Json('"' + life.epoch() + '"');
    Draft draft = new Draft(TopicName.of(topic), null, payload, false, null, null);
    life.append(Collections.nCopies(count, draft));
  }

  /** Lets the life end at the next look of this kind, when it has been answered. */
  public void dieAfter(String method) {
    diesAfter = method;
  }

  /** Begins a life without publications; one that is named nothing is only being read. */
  public void live(String epoch) {
    life = newLife(epoch);
  }

  private Object look(Object proxy, Method method, Object[] arguments) throws Exception {
    Object answer = method.invoke(life, arguments);
    if (method.getName().equals(diesAfter)) {
      diesAfter = "";
      life = newLife("e2");
      append(BORN_WITH);
    }
    return answer;
  }

  private static MemoryTopicLog newLife(String epoch) {
    return new MemoryTopicLog(epoch, LogSettings.DEFAULT, new ManualTime());
  }
}
