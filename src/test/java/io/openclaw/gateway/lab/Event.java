package io.openclaw.gateway.lab;

import java.util.Locale;

/**
 * What the publishers bring in: a number that no other has, and the moment of its sending.
 *
 * @param number also its event id, with {@link #ID} before
 * @param topic the number of its topic
 */
record Event(long number, int topic) {
  /** How its number and its moment are found in a text. */
  static final String NUMBER = "\"e\":";

  static final String SENT_NANOS = "\"t\":";

  /** Begins its event id. */
  static final String ID = "lab-";

  private static final String TOPIC = "lab/";

  /** The data as JSON. */
  String data(long nowNanos) {
    return "{" + NUMBER + number + "," + SENT_NANOS + nowNanos + "}";
  }

  String eventId() {
    return ID + number;
  }

  String topicName() {
    return topicName(topic);
  }

  static String topicName(int topic) {
    return TOPIC + topic;
  }

  /** The pattern of those who want the topic, or all. */
  static String pattern(int topic) {
    return topic == ClientLog.ALL ? TOPIC + "#" : topicName(topic);
  }

  /** The body of a publish request for it. */
  String toJson(long nowNanos) {
    return String.format(
        Locale.ROOT,
        "{\"topic\":\"%s\",\"eventId\":\"%s\",\"data\":%s}",
        topicName(),
        eventId(),
        data(nowNanos));
  }
}
