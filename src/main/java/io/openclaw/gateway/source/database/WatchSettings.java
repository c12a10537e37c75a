package io.openclaw.gateway.source.database;

import io.openclaw.gateway.topic.TopicName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An ordinary table whose inserts, updates and deletes become events.
 *
 * @param table its name, with the schema if it is not on the search path
 * @param topic template of the gateway topic: literal text in which <code>{column}</code> stands
 *     for the value of that column in the changed row
 * @param key the column that is the publication's key, or null: publications without key
 */
public record WatchSettings(String table, String topic, @Nullable String key) {
  /** A place in the template; group 1 is the name of the column. */
  public static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]{0,62})\\}");

  /**
   * @throws IllegalArgumentException if a name is none or the template cannot give a topic
   */
  public WatchSettings {
    TableName.check(table);
    checkTopic(topic);
    if (key != null) {
      TableName.checkColumn(key);
    }
  }

  private static void checkTopic(String template) {
    String sample = PLACEHOLDER.matcher(template).replaceAll("x");
    if (sample.indexOf('{') >= 0 || sample.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "a template has literal text and {column}, nothing else in braces");
    }
    if (TopicName.of(sample).isReserved()) {
      throw new IllegalArgumentException("topics below $ belong to the gateway");
    }
  }
}
