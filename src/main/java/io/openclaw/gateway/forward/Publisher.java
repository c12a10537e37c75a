package io.openclaw.gateway.forward;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what clients send, by the rules in force: straight into the log, or by the forwarder.
 * Thread-safe; never blocks.
 */
public final class Publisher {
  private static final String CLIENT_ID = "openclaw_client_event_id";

  private final Ingest ingest;
  private final ForwardRules rules;
  private final @Nullable Forwarder forwarder;
  private final Provenance provenance;
  private final Supplier<String> ids;

  /**
   * @param ids makes texts that cannot be guessed
   */
  public Publisher(
      Ingest ingest,
      ForwardRules rules,
      Forwarder forwarder,
      Provenance provenance,
      Supplier<String> ids) {
    this.ingest = ingest;
    this.rules = rules;
    this.forwarder = forwarder;
    this.provenance = provenance;
    this.ids = ids;
  }

  private Publisher(Ingest ingest) {
    this.ingest = ingest;
    this.rules = new ForwardRules(List.of());
    this.forwarder = null;
    this.provenance = new Provenance(List.of());
    this.ids = () -> "";
  }

  /** Forwards nothing. */
  public static Publisher straight(Ingest ingest) {
    return new Publisher(ingest);
  }

  /**
   * Publishes {@code event}, which is on {@code topic}, for {@code who}.
   *
   * @param session the session it comes from; empty if it came over HTTP
   * @return the result, completed already unless it is forwarded; or {@link UnansweredException}
   */
  public CompletableFuture<IngestResult> publish(
      Authenticated who, String session, TopicName topic, SourceEvent event) {
    Forward to = rules.of(topic);
    return to == null || forwarder == null
        ? ingest.publish(event).exceptionallyCompose(Publisher::unavailable)
        : forward(forwarder, to, who, session, event);
  }

  private static CompletableFuture<IngestResult> unavailable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return CompletableFuture.failedFuture(
        cause instanceof LogUnavailableException
            ? new UnansweredException(
                "unavailable",
                "the log did not take it, or it is not sure: send it again with the same eventId")
            : failure);
  }

  private CompletableFuture<IngestResult> forward(
      Forwarder by, Forward to, Authenticated who, String session, SourceEvent event) {
    IngestResult.Rejected fault = ingest.fault(event).orElse(null);
    if (fault != null) {
      return CompletableFuture.completedFuture(fault);
    }
    String id = event.eventId() == null ? ids.get() : id(who, event.topic(), event.eventId());
    Map<String, String> properties = provenance.of(who, session, event.trace());
    if (event.eventId() != null) {
      properties.put(CLIENT_ID, event.eventId());
    }
    Outbound message = new Outbound(event.topic(), event.key(), event.payload(), id, properties);
    return by.forward(to, sender(who, session), message, named(event, id));
  }

  private static String sender(Authenticated who, String session) {
    return session.isEmpty() ? who.identity().countingKey() + ' ' + who.address() : session;
  }

  private static SourceEvent named(SourceEvent event, String id) {
    return new SourceEvent(
        event.topic(),
        event.key(),
        event.payload(),
        event.removed(),
        event.eventId() == null ? null : id,
        event.trace(),
        event.origin());
  }

  /**
   * What the event is called outside. Two users who choose the same id on a topic do not get in
   * each other's way, and nobody can choose one that another's event will have.
   */
  private static String id(Authenticated who, String topic, String eventId) {
    MessageDigest digest = sha256();
    for (String part : List.of(who.identity().issuer(), who.identity().user(), topic, eventId)) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
