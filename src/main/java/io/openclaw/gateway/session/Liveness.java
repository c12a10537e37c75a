package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.security.Identity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of one session. At every sweep, in this order:
 *
 * <ol>
 *   <li>a write that was not taken for the stall timeout: slow consumer;
 *   <li>nothing heard for two heartbeats: heartbeat lost;
 *   <li>a message in parts whose last one has not come for the message timeout: heartbeat lost,
 *       since a client that cannot say anything is as good as silent;
 *   <li>the token is not accepted any more: token expired;
 *   <li>it is as old as it may become: rebalance;
 *   <li>no identity where one is needed, for the auth timeout: unauthorized;
 *   <li>the token ends soon: the client is told, once for each token;
 *   <li>nothing heard for a heartbeat: a WebSocket ping frame, which every peer answers by itself;
 *   <li>nothing sent for a heartbeat: a {@code ping} message, which tells the client that we live
 *       and where in the log it stands.
 * </ol>
 *
 * <p>Confined to one pump. Times are in ms since the Unix epoch.
 */
final class Liveness {
  private final SessionSettings settings;
  private final long openedMillis;
  private long wroteMillis;
  private long pingedMillis;
  private long leftMillis;
  private long noticedExpiry;

  Liveness(SessionSettings settings, long nowMillis) {
    this.settings = settings;
    this.openedMillis = nowMillis;
    this.wroteMillis = nowMillis;
  }

  void wrote(long nowMillis) {
    wroteMillis = nowMillis;
  }

  void progressed(long nowMillis) {
    wroteMillis = nowMillis;
  }

  void leaves(long nowMillis) {
    leftMillis = nowMillis;
  }

  boolean closeIsOverdue(long nowMillis) {
    return nowMillis - leftMillis > settings.outbound().closeTimeout().toMillis();
  }

  @Nullable DisconnectReason objection(ClientSession session, long nowMillis, boolean writing) {
    if (writing && nowMillis - wroteMillis > settings.outbound().stallTimeout().toMillis()) {
      return DisconnectReason.SLOW_CONSUMER;
    }
    if (nowMillis - session.heardMillis() > 2 * settings.heartbeat().toMillis()) {
      return DisconnectReason.HEARTBEAT_LOST;
    }
    long begun = session.begunMillis();
    if (begun != 0 && nowMillis - begun > settings.messageTimeout().toMillis()) {
      return DisconnectReason.HEARTBEAT_LOST;
    }
    Instant end = session.identity().acceptedUntil();
    if (end != null && !end.isAfter(Instant.ofEpochMilli(nowMillis))) {
      return DisconnectReason.TOKEN_EXPIRED;
    }
    if (nowMillis - openedMillis >= settings.age().millisFor(session.id())) {
      return DisconnectReason.REBALANCE;
    }
    return session.mustSignIn() && nowMillis - openedMillis > settings.authTimeout().toMillis()
        ? DisconnectReason.UNAUTHORIZED
        : null;
  }

  void keepAlive(ClientSession session, long nowMillis, boolean writing) {
    notifyExpiry(session, nowMillis);
    long heartbeat = settings.heartbeat().toMillis();
    if (!writing && nowMillis - Math.max(session.heardMillis(), pingedMillis) >= heartbeat) {
      pingedMillis = nowMillis;
      session.pingConnection();
    }
    if (!writing && nowMillis - wroteMillis >= heartbeat) {
      session.offerPing();
    }
  }

  private void notifyExpiry(ClientSession session, long nowMillis) {
    Identity identity = session.identity();
    if (identity.expiresAt() == null) {
      return;
    }
    long expires = identity.expiresAt().toEpochMilli();
    if (expires != noticedExpiry && expires - nowMillis <= settings.expiryNotice().toMillis()) {
      noticedExpiry = expires;
      session.offer(new ServerMessage.Expiring(expires));
    }
  }
}
