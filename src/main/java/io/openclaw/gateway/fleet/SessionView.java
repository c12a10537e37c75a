package io.openclaw.gateway.fleet;

import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as administrators see it.
 *
 * @param node where it is
 * @param user absent if nobody signed in
 * @param since when it was opened, in ms since the Unix epoch
 * @param expires when its token ends, likewise; absent if never
 * @param subscriptions its patterns; absent in pages
 */
public record SessionView(
    String node,
    String session,
    @Nullable String user,
    @Nullable String issuer,
    String address,
    long since,
    @Nullable Long expires,
    @Nullable List<String> subscriptions) {

  static SessionView of(String node, ClientSession session) {
    Identity identity = session.identity();
    return new SessionView(
        node,
        session.id(),
        identity.isAnonymous() ? null : identity.user(),
        identity.issuer().isEmpty() ? null : identity.issuer(),
        session.address(),
        session.openedMillis(),
        identity.expiresAt() == null ? null : identity.expiresAt().toEpochMilli(),
        null);
  }

  SessionView with(List<TopicPattern> patterns) {
    List<String> sorted = patterns.stream().map(String::valueOf).sorted().toList();
    return new SessionView(node, session, user, issuer, address, since, expires, sorted);
  }

  JsonObjectBuilder json() {
    JsonObjectBuilder json =
        Wire.JSON
            .createObjectBuilder()
            .add("node", node)
            .add("session", session)
            .add("address", address)
            .add("since", since);
    if (user != null) {
      json.add("user", user);
    }
    if (issuer != null) {
      json.add("issuer", issuer);
    }
    if (expires != null) {
      json.add("expires", expires);
    }
    if (subscriptions != null) {
      json.add("subscriptions", Wire.JSON.createArrayBuilder(subscriptions));
    }
    return json;
  }

  static SessionView of(JsonObject json) {
    JsonNumber expires = json.getJsonNumber("expires");
    return new SessionView(
        json.getString("node"),
        json.getString("session"),
        json.getString("user", null),
        json.getString("issuer", null),
        json.getString("address"),
        json.getJsonNumber("since").longValue(),
        expires == null ? null : expires.longValue(),
        json.containsKey("subscriptions")
            ? json.getJsonArray("subscriptions").getValuesAs(JsonString::getString)
            : null);
  }
}
