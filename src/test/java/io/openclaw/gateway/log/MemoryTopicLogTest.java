package io.openclaw.gateway.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemoryTopicLogTest extends TopicLogContract {
  private int lives;

  @Override
  protected TopicLog open(LogSettings settings) {
    return new MemoryTopicLog("life-" + ++lives, settings, time);
  }

  @Test
  void endsWithTheProcess() {
    assertTrue(open(LogSettings.DEFAULT).isVolatile());
  }
}
