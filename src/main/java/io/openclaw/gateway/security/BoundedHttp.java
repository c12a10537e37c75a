package io.openclaw.gateway.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches small documents: only a 200 counts, redirects are not followed, so nothing is asked for
 * but what was configured, and both size and time of the whole answer are bounded, however slowly
 * it comes. <em>Thread-safe.</em>
 */
final class BoundedHttp {
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * The document at {@code place}. Blocks, for {@code timeout} at most.
   *
   * @throws IOException if it cannot be had within the bounds; the message quotes nothing of what
   *     came
   */
  String get(URI place, Duration timeout, int maxBytes) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(place)
            .timeout(timeout)
            .header("Accept", "application/json, application/jwk-set+json")
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> body(head.statusCode(), maxBytes));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException("the answer has status " + response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new IOException(message(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String message(@Nullable Throwable cause) {
    if (cause instanceof TooLarge) {
      return String.valueOf(cause.getMessage());
    }
    return "no answer: " + (cause == null ? "failed" : cause.getClass().getSimpleName());
  }

  private static BodySubscriber<byte[]> body(int status, int maxBytes) {
    return status == OK ? new BoundedBody(maxBytes) : BodySubscribers.replacing(new byte[0]);
  }

  /** Says that there is more than allowed. */
  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(int maxBytes) {
      super("the answer is larger than " + maxBytes + " bytes");
    }
  }

  /** Takes the bytes of an answer, and cancels what would be too many. Called in order. */
  private static final class BoundedBody implements BodySubscriber<byte[]> {
    private final int maxBytes;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private Flow.Subscription source;

    @SuppressWarnings("NullAway.Init") // the client calls onSubscribe before anything else
    BoundedBody(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      source = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        if (taken.size() + part.remaining() > maxBytes) {
          source.cancel();
          whole.completeExceptionally(new TooLarge(maxBytes));
          return;
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        taken.writeBytes(bytes);
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      whole.complete(taken.toByteArray());
    }
  }
}
