package io.openclaw.gateway.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Takes the bodies of requests, which may come as slowly as a client likes, and hold a thread of
 * the server as long:
 *
 * <ol>
 *   <li>one that says that it is too large is refused unread;
 *   <li>one that is there, as bodies of usual requests are, is taken;
 *   <li>of the others only so many are waited for at once: 503;
 *   <li>one that is too large, or takes too long, is refused.
 * </ol>
 *
 * Thread-safe. Blocks for the timeout, and for one read beyond it.
 */
@ApplicationScoped
public class ArrivingBodies {
  private static final int PIECE_BYTES = 8192;

  private final RestSettings settings;
  private final Semaphore places;

  /** For the container's proxy only. */
  protected ArrivingBodies() {
    this(RestSettings.DEFAULT);
  }

  @Inject
  public ArrivingBodies(RestSettings settings) {
    this.settings = settings;
    this.places = new Semaphore(settings.maxArriving());
  }

  /**
   * All of it.
   *
   * @param declared its size in bytes as the request says, or -1: it does not
   * @throws ProblemException if it is refused
   */
  byte[] read(InputStream body, long declared) throws IOException {
    if (declared > settings.maxBodyBytes()) {
      throw tooLarge();
    }
    if (declared >= 0 && body.available() >= declared) {
      return body.readNBytes((int) declared);
    }
    if (!places.tryAcquire()) {
      throw new ProblemException("unavailable", "too many bodies are on their way");
    }
    try {
      return await(body, System.nanoTime() + settings.bodyTimeout().toNanos());
    } catch (IOException e) {
      // The client is gone, or the server has waited long enough for one read.
      throw late();
    } finally {
      places.release();
    }
  }

  private byte[] await(InputStream body, long endNanos) throws IOException {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE_BYTES];
    for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
      taken.write(piece, 0, n);
      if (taken.size() > settings.maxBodyBytes()) {
        throw tooLarge();
      }
      if (System.nanoTime() - endNanos > 0) {
        throw late();
      }
    }
    return taken.toByteArray();
  }

  private static ProblemException late() {
    return new ProblemException("timeout", "the body has not arrived in time");
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        "too_large", "a body has at most " + settings.maxBodyBytes() + " bytes");
  }
}
