package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.JsonText;
import java.util.Map;
import java.util.regex.Pattern;

/** How the text of a value becomes JSON: as {@code to_jsonb} would write it. */
sealed interface PgType {
  /** Types whose values are no arrays. */
  enum Scalar implements PgType {
    /** {@code t} and {@code f}. */
    BOOLEAN,
    /** Digits as they are, so that nothing is lost; NaN and infinities are strings. */
    NUMBER,
    /** JSON as it is. */
    JSON,
    /** A {@code T} between date and time. */
    TIMESTAMP,
    /** The same in UTC. */
    TIMESTAMP_TZ,
    /** A string. */
    TEXT
  }

  /**
   * Arrays, of whatever dimensions.
   *
   * @param delimiter between elements
   */
  record ArrayOf(Scalar element, char delimiter) implements PgType {}

  /** The types that every database has with the same number; all others are looked up. */
  Map<Integer, PgType> BUILT_IN =
      Map.ofEntries(
          Map.entry(16, Scalar.BOOLEAN),
          Map.entry(20, Scalar.NUMBER), // int8
          Map.entry(21, Scalar.NUMBER), // int2
          Map.entry(23, Scalar.NUMBER), // int4
          Map.entry(700, Scalar.NUMBER), // float4
          Map.entry(701, Scalar.NUMBER), // float8
          Map.entry(1700, Scalar.NUMBER), // numeric
          Map.entry(114, Scalar.JSON),
          Map.entry(3802, Scalar.JSON), // jsonb
          Map.entry(1114, Scalar.TIMESTAMP),
          Map.entry(1184, Scalar.TIMESTAMP_TZ),
          Map.entry(25, Scalar.TEXT),
          Map.entry(1042, Scalar.TEXT), // char(n)
          Map.entry(1043, Scalar.TEXT), // varchar(n)
          Map.entry(17, Scalar.TEXT), // bytea
          Map.entry(1082, Scalar.TEXT), // date
          Map.entry(2950, Scalar.TEXT)); // uuid

  /** A number of JSON (RFC 8259, section 6). */
  Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** Writes a value as JSON. */
  static void write(StringBuilder out, PgType type, String text) {
    if (type instanceof Scalar scalar) {
      write(out, scalar, text);
    } else if (type instanceof ArrayOf array) {
      int begin = out.length();
      if (!new PgArray(text, array).write(out)) {
        out.setLength(begin);
        out.append(JsonText.quote(text));
      }
    }
  }

  private static void write(StringBuilder out, Scalar type, String text) {
    switch (type) {
      case BOOLEAN -> out.append(text.startsWith("t"));
      case NUMBER -> out.append(JSON_NUMBER.matcher(text).matches() ? text : JsonText.quote(text));
      case JSON -> out.append(text);
      case TIMESTAMP -> out.append(JsonText.quote(text.replaceFirst(" ", "T")));
      case TIMESTAMP_TZ -> out.append(JsonText.quote(withZone(text.replaceFirst(" ", "T"))));
      case TEXT -> out.append(JsonText.quote(text));
    }
  }

  /** The database writes UTC as {@code +00}. */
  private static String withZone(String time) {
    int zone = time.lastIndexOf("+00");
    return zone < 0 ? time : time.substring(0, zone) + "+00:00" + time.substring(zone + 3);
  }
}
