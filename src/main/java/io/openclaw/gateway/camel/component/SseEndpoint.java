package io.openclaw.gateway.camel.component;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * A stream of server-sent events at an address. Its setters are the options of the URI. Redirects
 * are not followed: credentials go where they were meant to go. Confined to the thread that
 * configures it, then read only.
 */
public final class SseEndpoint extends DefaultEndpoint {
  private static final int OK = 200;
  private static final String EVENT_STREAM = "text/event-stream";

  private final HttpClient client;
  private URI address = URI.create("");
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String bearer = "";
  private int idleSeconds = 60;
  private int answerSeconds = 30;
  private int maxEventBytes = 1 << 20;

  SseEndpoint(String uri, SseComponent component, HttpClient client) {
    super(uri, component);
    this.client = client;
  }

  void use(URI place, Map<String, Object> more) {
    if (place.getHost() == null || !String.valueOf(place.getScheme()).matches("https?")) {
      throw new IllegalArgumentException("sse: needs an address with http or https");
    }
    address = place;
    more.forEach((name, value) -> headers.put(name, String.valueOf(value)));
  }

  /** A token for {@code Authorization: Bearer}; empty: none is sent. */
  public void setBearer(String bearer) {
    this.bearer = bearer;
  }

  /** How long nothing at all may come, in seconds; then the connection counts as broken. */
  public void setIdleSeconds(int idleSeconds) {
    this.idleSeconds = idleSeconds;
  }

  /** How long the answer may take to begin, in seconds. */
  public void setAnswerSeconds(int answerSeconds) {
    this.answerSeconds = answerSeconds;
  }

  /** The largest event, in bytes. */
  public void setMaxEventBytes(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  /** Asks for the stream; the events after {@code lastId} if that is not empty. */
  EventStream get(String lastId) throws IOException {
    HttpRequest.Builder request = request().GET();
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    return open(request.build(), lastId);
  }

  /** Posts a JSON body; the answer is a stream. */
  EventStream post(BodyPublisher body) throws IOException {
    HttpRequest.Builder request = request().POST(body);
    if (headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      request.header("Content-Type", "application/json");
    }
    return open(request.build(), "");
  }

  private HttpRequest.Builder request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(answerSeconds))
            .header("Accept", EVENT_STREAM);
    headers.forEach(request::header);
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return request;
  }

  private EventStream open(HttpRequest request, String lastId) throws IOException {
    ArrivingBytes bytes = new ArrivingBytes(Duration.ofSeconds(idleSeconds));
    try {
      HttpResponse<ArrivingBytes> answer = client.send(request, head -> bytes);
      check(answer);
      return new EventStream(bytes, lastId, maxEventBytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      bytes.close();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static void check(HttpResponse<?> answer) throws IOException {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() != OK) {
      throw new IOException("the answer has status " + answer.statusCode());
    }
    if (!type.startsWith(EVENT_STREAM)) {
      throw new IOException("the answer is no " + EVENT_STREAM);
    }
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    SseConsumer consumer = new SseConsumer(this, processor, address);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    return new SseProducer(this);
  }
}
