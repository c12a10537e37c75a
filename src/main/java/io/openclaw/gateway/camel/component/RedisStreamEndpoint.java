package io.openclaw.gateway.camel.component;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * A stream of Redis. Its setters are the options of the URI. Confined to the thread that configures
 * it, then read only.
 */
public final class RedisStreamEndpoint extends DefaultEndpoint {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String key;
  private String host = "localhost";
  private int port = 6379;
  private boolean tls;
  private String username = "";
  private String password = "";
  private String group = "openclaw";
  private String consumer = "gateway";
  private String start = "0";
  private int count = 100;

  RedisStreamEndpoint(String uri, RedisStreamComponent component, String key) {
    super(uri, component);
    this.key = key;
  }

  /** Where Redis is; {@code localhost} if not said. */
  public void setHost(String host) {
    this.host = host;
  }

  /** Its port; 6379 if not said. */
  public void setPort(int port) {
    this.port = port;
  }

  /** Whether to speak TLS, with a certificate for the host that the JVM trusts. */
  public void setTls(boolean tls) {
    this.tls = tls;
  }

  /** The user, if it is not the default one. */
  public void setUsername(String username) {
    this.username = username;
  }

  /** The password; empty: none is asked for. */
  public void setPassword(String password) {
    this.password = password;
  }

  /** The consumer group; made if it is missing. */
  public void setGroup(String group) {
    this.group = group;
  }

  /** The name in the group; what it has not acknowledged comes again to the same name only. */
  public void setConsumer(String consumer) {
    this.consumer = consumer;
  }

  /** Where a new group begins: {@code 0} is the beginning, {@code $} the end, or an id. */
  public void setStart(String start) {
    this.start = start;
  }

  /** Entries that are read and acknowledged at a time; bounds what is under way. */
  public void setCount(int count) {
    this.count = count;
  }

  String key() {
    return key;
  }

  String group() {
    return group;
  }

  String consumer() {
    return consumer;
  }

  int count() {
    return count;
  }

  /** A connection with the group in place. */
  RedisConnection connect() throws IOException {
    RedisConnection connection = RedisConnection.open(host, port, tls, TIMEOUT);
    try {
      authenticate(connection);
      makeGroup(connection);
      return connection;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  private void authenticate(RedisConnection connection) throws IOException {
    if (!password.isEmpty()) {
      connection.call(
          username.isEmpty() ? List.of("AUTH", password) : List.of("AUTH", username, password));
    }
  }

  private void makeGroup(RedisConnection connection) throws IOException {
    try {
      connection.call(List.of("XGROUP", "CREATE", key, group, start, "MKSTREAM"));
    } catch (RedisConnection.Refusal e) {
      if (!String.valueOf(e.getMessage()).startsWith("BUSYGROUP")) {
        throw e;
      }
    }
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    RedisStreamConsumer made = new RedisStreamConsumer(this, processor);
    configureConsumer(made);
    return made;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("redis-stream: is for from only");
  }
}
