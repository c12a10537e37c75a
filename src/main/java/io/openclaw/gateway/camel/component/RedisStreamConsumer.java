package io.openclaw.gateway.camel.component;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries, in order, each an exchange: the body is a map of its fields, header {@code
 * CamelRedisStreamId} its id, which stays the same, and {@code CamelRedisStreamKey} the stream.
 *
 * <ol>
 *   <li>First come the entries that this name in the group was given and has not acknowledged;
 *   <li>then new ones, a batch at a time;
 *   <li>those that the route is done with are acknowledged together, also when a later one fails;
 *   <li>after a failure the connection is opened again, and the first step repeats.
 * </ol>
 *
 * An entry that was trimmed away while it was pending is acknowledged, because nobody has it.
 */
final class RedisStreamConsumer extends LoopConsumer {
  private static final String PENDING = "0";
  private static final String NEW = ">";
  private static final String BLOCK_MILLIS = "1000";

  private final RedisStreamEndpoint stream;

  RedisStreamConsumer(RedisStreamEndpoint stream, Processor processor) {
    super(stream, processor, "redis-stream:" + stream.key());
    this.stream = stream;
  }

  @Override
  Link open() throws Exception {
    return new Reading(stream.connect());
  }

  /** An entry; its fields are null if it is no longer in the stream. */
  private record Entry(String id, @Nullable Map<String, String> fields) {}

  private final class Reading implements Link {
    private final RedisConnection connection;
    private String from = PENDING;

    Reading(RedisConnection connection) {
      this.connection = connection;
    }

    @Override
    public boolean take() throws Exception {
      List<Entry> batch = read();
      if (batch.isEmpty()) {
        from = NEW;
        return true;
      }
      List<String> done = new ArrayList<>(batch.size());
      try {
        for (int i = 0; i < batch.size() && isRunAllowed(); i++) {
          process(batch.get(i));
          done.add(batch.get(i).id());
        }
      } finally {
        acknowledge(done);
      }
      return true;
    }

    private void process(Entry entry) throws Exception {
      if (entry.fields() == null) {
        return;
      }
      Exchange exchange = createExchange(false);
      exchange.getMessage().setBody(entry.fields());
      exchange.getMessage().setHeader("CamelRedisStreamId", entry.id());
      exchange.getMessage().setHeader("CamelRedisStreamKey", stream.key());
      RedisStreamConsumer.this.process(exchange);
    }

    private void acknowledge(List<String> done) throws IOException {
      if (!done.isEmpty()) {
        List<String> command = new ArrayList<>(List.of("XACK", stream.key(), stream.group()));
        command.addAll(done);
        connection.call(command);
      }
    }

    private List<Entry> read() throws IOException {
      Object reply =
          connection.call(
              List.of(
                  "XREADGROUP",
                  "GROUP",
                  stream.group(),
                  stream.consumer(),
                  "COUNT",
                  Integer.toString(stream.count()),
                  "BLOCK",
                  BLOCK_MILLIS,
                  "STREAMS",
                  stream.key(),
                  from));
      return entries(reply);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  /** Of {@code [[key, [[id, [field, value, …]], …]]]}. */
  private static List<Entry> entries(@Nullable Object reply) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (reply != null) {
      for (Object item : list(list(list(reply).get(0)).get(1))) {
        List<?> pair = list(item);
        entries.add(new Entry(String.valueOf(pair.get(0)), fields(pair.get(1))));
      }
    }
    return entries;
  }

  private static @Nullable Map<String, String> fields(@Nullable Object reply) throws IOException {
    if (reply == null) {
      return null;
    }
    List<?> names = list(reply);
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i + 1 < names.size(); i += 2) {
      fields.put(String.valueOf(names.get(i)), String.valueOf(names.get(i + 1)));
    }
    return fields;
  }

  private static List<?> list(@Nullable Object reply) throws IOException {
    if (reply instanceof List<?> list) {
      return list;
    }
    throw new IOException("no reply of Redis");
  }
}
