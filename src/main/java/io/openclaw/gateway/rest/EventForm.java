package io.openclaw.gateway.rest;

import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.topic.Payload;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in which an event is written in a body. */
enum EventForm {
  /** {@code {topic, data, key?, eventId?}}. */
  PLAIN {
    @Override
    SourceEvent read(JsonObject json) {
      return new SourceEvent(
          required(json, "topic"),
          optional(json, "key"),
          data(json, "data"),
          false,
          optional(json, "eventId"),
          optional(json, "traceparent"));
    }
  },

  /**
   * CloudEvents 1.0 (JSON event format): the topic is the extension attribute {@code topic}, else
   * the {@code subject}; the key is {@code partitionkey}; {@code source} and {@code id} together
   * name the event.
   */
  CLOUD_EVENT {
    @Override
    SourceEvent read(JsonObject json) {
      if (!"1.0".equals(optional(json, "specversion"))) {
        throw new ProblemException("bad_request", "specversion is \"1.0\"");
      }
      required(json, "type");
      String topic = optional(json, "topic");
      return new SourceEvent(
          topic == null ? required(json, "subject") : topic,
          optional(json, "partitionkey"),
          json.containsKey("data_base64") ? binary(json) : data(json, "data"),
          false,
          required(json, "source") + ' ' + required(json, "id"),
          optional(json, "traceparent"));
    }
  };

  /**
   * @throws ProblemException if a field is missing or of the wrong type
   */
  abstract SourceEvent read(JsonObject json);

  /**
   * @throws ProblemException if there is none
   */
  static EventForm of(@Nullable String contentType) {
    if (contentType == null) {
      throw new ProblemException("unsupported", "a body has a Content-Type: application/json");
    }
    return contentType.toLowerCase(Locale.ROOT).startsWith("application/cloudevents")
        ? CLOUD_EVENT
        : PLAIN;
  }

  private static Payload data(JsonObject json, String name) {
    JsonValue value = json.get(name);
    if (value == null) {
      throw new ProblemException("bad_request", name + " is missing");
    }
    return new Payload.Json(value.toString());
  }

  private static Payload binary(JsonObject json) {
    try {
      return new Payload.Binary(Base64.getDecoder().decode(required(json, "data_base64")));
    } catch (IllegalArgumentException e) {
      throw new ProblemException("bad_request", "data_base64 is not base64");
    }
  }

  private static String required(JsonObject json, String name) {
    String text = optional(json, name);
    if (text == null) {
      throw new ProblemException("bad_request", name + " is missing; it is a string");
    }
    return text;
  }

  private static @Nullable String optional(JsonObject json, String name) {
    JsonValue value = json.get(name);
    if (value == null || value == JsonValue.NULL) {
      return null;
    }
    if (value instanceof JsonString text) {
      return text.getString();
    }
    throw new ProblemException("bad_request", name + " is a string");
  }
}
