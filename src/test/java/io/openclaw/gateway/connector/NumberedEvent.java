package io.openclaw.gateway.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The event {@code n} of the key {@code k}: 0, 1, 2 and so on for each key.
 *
 * @param index its place among all, from 1
 * @param poison whether it is to be sent so that it can never be published
 */
public record NumberedEvent(int index, int k, int n, boolean poison) {
  /** The number of keys. */
  public static final int KEYS = 20;

  private static final Pattern K = Pattern.compile("\"k\": ?(\\d+)");
  private static final Pattern N = Pattern.compile("\"n\": ?(\\d+)");
  private static final int POISON_KEY = 99;

  /** So many, the keys in turn, and {@code poison} more among them. */
  public static List<NumberedEvent> series(int count, int poison) {
    List<NumberedEvent> all = new ArrayList<>(count + poison);
    int every = count / Math.max(1, poison);
    for (int i = 0; i < count; i++) {
      all.add(new NumberedEvent(all.size() + 1, i % KEYS, i / KEYS, false));
      if (poison > 0 && i % every == every / 2) {
        all.add(new NumberedEvent(all.size() + 1, POISON_KEY, i / every, true));
      }
    }
    return all;
  }

  /** Names it for ever. */
  public String id() {
    return k + "-" + n;
  }

  /** As JSON. */
  public String json() {
    return String.format(Locale.ROOT, "{\"id\":\"%s\",\"k\":%d,\"n\":%d}", id(), k, n);
  }

  /** The event that a JSON text is of, or none. */
  public static Optional<NumberedEvent> of(String json) {
    Matcher key = K.matcher(json);
    Matcher number = N.matcher(json);
    return key.find() && number.find()
        ? Optional.of(
            new NumberedEvent(
                0, Integer.parseInt(key.group(1)), Integer.parseInt(number.group(1)), false))
        : Optional.empty();
  }
}
