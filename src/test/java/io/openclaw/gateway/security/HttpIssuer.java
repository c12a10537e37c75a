package io.openclaw.gateway.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer on a real HTTP server, with a key set and metadata that name it; each path can be made
 * to answer otherwise. <em>Thread-safe.</em>
 */
final class HttpIssuer implements AutoCloseable {
  static final String KEYS = "/jwks";
  static final String METADATA = "/.well-known/openid-configuration";

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** How a path is answered. */
  interface Answer {
    void send(HttpExchange exchange) throws IOException;
  }

  HttpIssuer(JWK... keys) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
    publish(keys);
    answer(METADATA, text("{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + url(KEYS) + "\"}"));
  }

  static JWK jwk(String id, KeyPair key) {
    return new RSAKey.Builder((RSAPublicKey) key.getPublic()).keyID(id).build();
  }

  static String keySet(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(false);
  }

  static Answer text(String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(String place) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", place);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** Says nothing until the issuer is closed. */
  Answer silence() {
    return exchange -> await();
  }

  /** Begins a good answer, and comes to no end with it. */
  Answer endless() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      await();
    };
  }

  /** The issuer's name, and the beginning of all its places. */
  String name() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  URI url(String path) {
    return URI.create(name() + path);
  }

  void publish(JWK... keys) {
    answer(KEYS, text(keySet(keys)));
  }

  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  int requests(String path) {
    return requests.getOrDefault(path, new AtomicInteger()).get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
    try (exchange) {
      answers.getOrDefault(path, status(404)).send(exchange);
    }
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
