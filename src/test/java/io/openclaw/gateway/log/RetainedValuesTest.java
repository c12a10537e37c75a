package io.openclaw.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetainedValuesTest {
  private final RetainedValues values = new RetainedValues(3, 1 << 20);
  private long offset;

  private void put(String topic, String key) {
    Draft draft = new Draft(TopicName.of(topic), key, new Payload.Json("1"), false, null, null);
    values.put(Publication.of(++offset, 0, draft));
  }

  private List<String> keys(String pattern) {
    return values.matching(TopicPattern.of(pattern)).stream().map(Publication::key).toList();
  }

  @Test
  void neitherPublishedValuesNorTheGatewaysOwnDriveOutTheOthers() {
    put("a", "published");
    for (int i = 1; i <= 4; i++) {
      put("$presence/a", "s" + i);
    }
    assertEquals(List.of("published"), keys("#"));
    assertEquals(List.of("s2", "s3", "s4"), keys("$presence/#"));
    for (int i = 1; i <= 4; i++) {
      put("b", "p" + i);
    }
    assertEquals(List.of("p2", "p3", "p4"), keys("#"));
    assertEquals(List.of("s2", "s3", "s4"), keys("$presence/a"));
    assertEquals(6, values.count());
    assertEquals(6, values.all().size());
  }

  @Test
  void allOfThemCanBeCleared() {
    put("a", "1");
    put("$presence/a", "2");
    values.clear();
    assertEquals(0, values.count());
    assertEquals(0, values.bytes());
    assertEquals(List.of(), keys("$presence/#"));
  }
}
