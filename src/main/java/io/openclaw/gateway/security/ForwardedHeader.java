package io.openclaw.gateway.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code Forwarded} headers (RFC 7239 §4). */
final class ForwardedHeader {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern PAIR =
      Pattern.compile("(" + TOKEN + ")=(?:(" + TOKEN + ")|\"((?:[^\"\\\\]|\\\\.)*+)\")");
  private static final Forwarders.Hop UNREADABLE = new Forwarders.Hop("", null, null);

  private ForwardedHeader() {}

  /** All hops in order. One that breaks the grammar makes all of its header value unreadable. */
  static List<Forwarders.Hop> hops(List<String> values) {
    List<Forwarders.Hop> hops = new ArrayList<>();
    values.forEach(value -> read(value, hops));
    return hops;
  }

  private static void read(String value, List<Forwarders.Hop> hops) {
    List<Forwarders.Hop> read = new ArrayList<>();
    Matcher pair = PAIR.matcher(value);
    Map<String, String> element = new HashMap<>();
    int at = space(value, 0);
    while (pair.region(at, value.length()).lookingAt()) {
      String text = pair.group(2) == null ? unquoted(pair.group(3)) : pair.group(2);
      boolean twice = element.put(pair.group(1).toLowerCase(Locale.ROOT), text) != null;
      at = space(value, pair.end());
      char next = at < value.length() ? value.charAt(at) : ',';
      if (twice || (next != ';' && next != ',')) {
        break;
      }
      if (next == ',') {
        read.add(hop(element));
        element = new HashMap<>();
      }
      if (at >= value.length()) {
        hops.addAll(read);
        return;
      }
      at = space(value, at + 1);
    }
    hops.add(UNREADABLE);
  }

  private static int space(String value, int from) {
    int at = from;
    while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private static String unquoted(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }

  private static Forwarders.Hop hop(Map<String, String> element) {
    return new Forwarders.Hop(
        Forwarders.withoutPort(element.getOrDefault("for", "")),
        element.get("proto"),
        element.get("host"));
  }
}
