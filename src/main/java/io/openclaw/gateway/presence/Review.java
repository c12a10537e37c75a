package io.openclaw.gateway.presence;

import io.openclaw.gateway.protocol.MemberText;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.PresenceTopic;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what the log says with what should be. To be written are:
 *
 * <ol>
 *   <li>members of this node that the log does not have, or has otherwise: it may have lost them,
 *       or another node took this one for dead;
 *   <li>members that the log has of this node and that are none;
 *   <li>for the oldest node: members of nodes that are not there any more.
 * </ol>
 *
 * @param nodes that are there
 */
record Review(Presence presence, Set<String> nodes) {
  List<Place> wrong(List<Publication> values, boolean oldest) {
    Map<Place, Member> expected = presence.roll().all();
    List<Place> wrong = new ArrayList<>();
    for (Publication value : values) {
      Optional<TopicName> topic = PresenceTopic.watched(value.topic());
      String session = value.key();
      if (topic.isEmpty() || session == null || !(value.payload() instanceof Payload.Json json)) {
        continue;
      }
      Place place = new Place(topic.get(), session);
      Member member = expected.remove(place);
      if (member != null ? !presence.value(place, member).equals(json) : isGhost(json, oldest)) {
        wrong.add(place);
      }
    }
    wrong.addAll(expected.keySet());
    return wrong;
  }

  private boolean isGhost(Payload.Json value, boolean oldest) {
    String node = MemberText.nodeOf(value.text()).orElse("");
    return node.equals(presence.node()) || (oldest && !nodes.contains(node));
  }
}
