package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.ErrorCode;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.AccessDecision.Granted;
import io.openclaw.gateway.security.AccessDecision.Narrowed;
import io.openclaw.gateway.security.AccessDecision.Refused;
import io.openclaw.gateway.subscription.FanOuts;
import io.openclaw.gateway.subscription.InterestsBySpace;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the subscriptions of one session in, and looks at them again. The decision that counts is
 * made here, when a subscription is put in place, in one order with the checks that follow a change
 * of rights: one that was granted before the change and comes after it is decided anew. Confined to
 * the pump.
 */
final class SubscriptionGate {
  private final ClientSession session;
  private final InterestsBySpace interests;
  private final FanOuts fanOuts;
  private final Rights rights;
  private final int maxSubscriptions;

  SubscriptionGate(
      ClientSession session,
      InterestsBySpace interests,
      FanOuts fanOuts,
      Rights rights,
      int maxSubscriptions) {
    this.session = session;
    this.interests = interests;
    this.fanOuts = fanOuts;
    this.rights = rights;
    this.maxSubscriptions = maxSubscriptions;
  }

  /** Subscribes to what is granted and fits; the rest is answered. */
  void subscribe(List<SubscribeRequest> requests) {
    List<SubscribeRequest> admitted = new ArrayList<>(requests.size());
    Set<TopicPattern> patterns = new HashSet<>(interests.patterns());
    for (SubscribeRequest request : requests) {
      if (!patterns.contains(request.pattern()) && patterns.size() >= maxSubscriptions) {
        session.offer(tooMany(request));
      } else {
        SubscribeRequest granted = granted(request);
        if (granted != null) {
          patterns.add(granted.pattern());
          admitted.add(granted);
        }
      }
    }
    fanOuts.subscribe(interests, admitted);
    for (SubscribeRequest each : admitted) {
      session.attendance().subscribed(session.id(), session.identity(), each.pattern());
    }
  }

  private ServerMessage tooMany(SubscribeRequest request) {
    return new ServerMessage.Failed(
        request.id(),
        ErrorCode.LIMIT_EXCEEDED,
        "a session has at most " + maxSubscriptions + " subscriptions");
  }

  private @Nullable SubscribeRequest granted(SubscribeRequest request) {
    AccessDecision decision = rights.subscribing(session, request.pattern());
    if (decision instanceof Refused refused) {
      session.offer(
          new ServerMessage.Failed(
              request.id(), ErrorCode.ofWire(refused.code()), refused.message()));
      return null;
    }
    if (decision instanceof Narrowed narrowed) {
      return bounded(request, narrowed.part()).within(narrowed.scope());
    }
    return bounded(request, (Granted) decision);
  }

  private static SubscribeRequest bounded(SubscribeRequest request, Granted grant) {
    return request.mode() == TopicMode.LATEST
        ? request.atMost(grant.within(request.maxRate()))
        : request;
  }

  /** Ends what is not granted any more, and narrows or widens what is. */
  void recheck() {
    for (TopicPattern pattern : List.copyOf(interests.patterns())) {
      AccessDecision decision = rights.subscribing(session, pattern);
      if (decision instanceof Refused refused) {
        fanOuts.unsubscribe(interests, pattern, ended(pattern, refused));
        session.attendance().unsubscribed(session.id(), pattern);
      } else {
        fanOuts.narrow(interests, pattern, decision instanceof Narrowed part ? part.scope() : null);
        session.attendance().subscribed(session.id(), session.identity(), pattern);
      }
    }
  }

  private static ServerMessage ended(TopicPattern pattern, Refused refused) {
    return new ServerMessage.Unsubscribed(
        null, pattern.toString(), ErrorCode.FORBIDDEN, refused.message());
  }
}
