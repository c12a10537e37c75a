package io.openclaw.gateway.camel.component;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that has no end, byte by byte. Of what was not read yet, the network brings
 * one piece and no more. Reading is confined to one thread; {@link #close} ends it from any.
 */
final class ArrivingBytes implements BodySubscriber<ArrivingBytes>, AutoCloseable {
  private static final int END = -1;

  private final Duration patience;
  private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> present = new ArrayDeque<>();
  private final AtomicReference<Flow.Subscription> subscribed = new AtomicReference<>();
  private volatile boolean closed;
  private @Nullable Arrived last;

  /** What the network brought: bytes, or the end with what went wrong if anything did. */
  private record Arrived(List<ByteBuffer> bytes, boolean end, @Nullable Throwable failure) {}

  /**
   * @param patience how long nothing may come before that counts as a broken connection
   */
  ArrivingBytes(Duration patience) {
    this.patience = patience;
  }

  /** The next byte, or -1 at the end. Blocks. */
  int read() throws IOException {
    for (ByteBuffer front = present.peek(); ; front = present.peek()) {
      if (front != null && front.hasRemaining()) {
        return front.get() & 0xff;
      }
      if (front != null) {
        present.remove();
      } else if (!receive()) {
        return END;
      }
    }
  }

  private boolean receive() throws IOException {
    Arrived now = last == null ? next() : last;
    if (now.end()) {
      last = now;
      if (now.failure() != null) {
        throw new IOException("the connection broke: " + now.failure().getMessage());
      }
      return false;
    }
    present.addAll(now.bytes());
    Flow.Subscription subscription = subscribed.get();
    if (subscription != null) {
      subscription.request(1);
    }
    return true;
  }

  private Arrived next() throws IOException {
    try {
      Arrived now = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (now == null) {
        throw new IOException("nothing came for " + patience.toSeconds() + " s");
      }
      return now;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public CompletionStage<ArrivingBytes> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscribed.set(subscription);
    if (closed) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    arrived.add(new Arrived(item, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    arrived.add(new Arrived(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    arrived.add(new Arrived(List.of(), true, null));
  }

  /** Closes the connection; a reading that waits ends as at the end of the body. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription subscription = subscribed.get();
    if (subscription != null) {
      subscription.cancel();
    }
    arrived.add(new Arrived(List.of(), true, null));
  }
}
