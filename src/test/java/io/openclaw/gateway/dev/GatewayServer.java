package io.openclaw.gateway.dev;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real application server with the built WAR, in a process of its own. It can be killed and
 * started again with the same settings. <i>Confined to one thread, but for {@link #close()}.</i>
 */
public final class GatewayServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern FAULTS =
      Pattern.compile("The configuration has (?:a fault|[0-9]+ faults):(?:\\R  \\S.*)+");
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final ServerKind kind;
  private final ServerSettings settings;
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile ChildProcess process;

  private GatewayServer(ServerKind kind, ServerSettings settings) {
    this.kind = kind;
    this.settings = settings;
    this.process = launch();
  }

  /** Starts the server's process and returns at once. */
  public static GatewayServer launch(ServerKind kind, ServerSettings settings) {
    return new GatewayServer(kind, settings);
  }

  /** Starts the server and returns when the gateway says that it is ready. */
  public static GatewayServer start(ServerKind kind, ServerSettings settings) {
    GatewayServer server = launch(kind, settings);
    server.awaitReady();
    return server;
  }

  /** The root of the gateway, with a slash at its end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + settings.httpPort() + "/");
  }

  /** Where clients connect. */
  public URI webSocketUri() {
    return URI.create("ws://127.0.0.1:" + settings.httpPort() + "/ws");
  }

  /**
   * Blocks until {@code /health/ready} answers 200.
   *
   * @throws IllegalStateException with the faults of the configuration, or with the end of the
   *     server's log when it ends or takes too long
   */
  public void awaitReady() {
    Patience.until(LIMIT, () -> isReady() || !process.isAlive() || faults().isPresent());
    faults()
        .ifPresent(
            faults -> {
              throw new IllegalStateException(faults);
            });
    if (!isReady()) {
      throw new IllegalStateException(kind.title() + " did not get ready:\n" + tail());
    }
  }

  /** What is wrong with the configuration, if its log tells of that. */
  private Optional<String> faults() {
    Matcher faults = FAULTS.matcher(log());
    return faults.find() ? Optional.of(faults.group()) : Optional.empty();
  }

  /** Whether {@code /health/ready} answers 200 now. */
  public boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve("health/ready")).timeout(ANSWER_LIMIT).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the server as a power cut would. */
  public void kill() {
    process.kill();
  }

  /** Starts the server again, after a kill too, and returns when the gateway is ready. */
  public void restart() {
    process.close();
    process = launch();
    awaitReady();
  }

  /** The id of the server's process. */
  public long pid() {
    return process.pid();
  }

  /** Completes when the server's process has ended, with its exit code. */
  public CompletableFuture<Integer> exit() {
    return process.exit();
  }

  /** The whole log of the server's last start. */
  public String log() {
    return process.output();
  }

  /** The end of its log. */
  public String tail() {
    return process.tail(40);
  }

  @Override
  public void close() {
    process.close();
  }

  private ChildProcess launch() {
    return switch (kind) {
      case PAYARA -> PayaraMicro.launch(settings);
      case WILDFLY -> WildFly.launch(settings);
    };
  }
}
