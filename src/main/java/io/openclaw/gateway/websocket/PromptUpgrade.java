package io.openclaw.gateway.websocket;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * What Payara makes a WebSocket connection with, for clients that send frames before they are
 * answered, too. Tyrus' own then waits in a thread of the server for what that thread itself was to
 * do next, for good: two hundred such requests, which need no identity, would be the end of the
 * server. Here such frames are read as soon as the connection is made.
 *
 * <p>Made by the container; other threads that call wait until {@link #init} has ended.
 */
public class PromptUpgrade extends TyrusHttpUpgradeHandler {
  private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";

  private volatile @Nullable Thread initialising;

  /** Confined to the thread that calls {@link #init}. */
  private boolean arrived;

  /** For the container. */
  public PromptUpgrade() {}

  /** The class to make a connection with where {@code asked} was asked for. */
  static <T extends HttpUpgradeHandler> Class<? extends T> inPlaceOf(Class<T> asked) {
    return asked.getName().equals(TYRUS) ? PromptUpgrade.class.asSubclass(asked) : asked;
  }

  @Override
  public void init(WebConnection connection) {
    initialising = Thread.currentThread();
    super.init(connection);
    initialising = null;
    if (arrived) {
      super.onDataAvailable();
    }
  }

  @Override
  public void onDataAvailable() {
    if (Thread.currentThread() == initialising) {
      arrived = true;
    } else {
      super.onDataAvailable();
    }
  }
}
