package io.openclaw.gateway.subscription;

import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.protocol.PublicationFields;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * A publication on its way to subscribers: encoded and looked into at most once, and only if
 * somebody needs it. Confined to the fan-out thread.
 */
final class Offered {
  private final Publication publication;
  private final Encodings encodings;
  private @Nullable Outgoing encoded;
  private @Nullable PublicationFields fields;
  private @Nullable ConflationKey key;

  Offered(Publication publication, Encodings encodings) {
    this.publication = publication;
    this.encodings = encodings;
  }

  Publication publication() {
    return publication;
  }

  TopicName topic() {
    return publication.topic();
  }

  long offset() {
    return publication.offset();
  }

  Outgoing encoded() {
    Outgoing known = encoded;
    if (known == null) {
      known = encodings.of(publication);
      encoded = known;
    }
    return known;
  }

  PublicationFields fields() {
    PublicationFields known = fields;
    if (known == null) {
      known = new PublicationFields(publication);
      fields = known;
    }
    return known;
  }

  ConflationKey key() {
    ConflationKey known = key;
    if (known == null) {
      known = new ConflationKey(publication.topic(), publication.key());
      key = known;
    }
    return known;
  }
}
