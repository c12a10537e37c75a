package io.openclaw.gateway.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.log.SpaceSettings;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpacesAgreementTest {
  private static final SpaceSettings IOT = new SpaceSettings(Map.of("iot", List.of("a", "b")));
  private static final SpaceSettings SAME = new SpaceSettings(Map.of("iot", List.of("b", "a")));
  private static final SpaceSettings OTHER = new SpaceSettings(Map.of("iot", List.of("a")));
  private static final Optional<String> FIRST_DIFFERS =
      Optional.of("the node n1 has other spaces: all must have the same");

  private final List<Member> members = new ArrayList<>();

  @Test
  void nodesWithTheSameSpacesAgreeInWhateverOrderTheyAreWritten() {
    SpacesAgreement first = join(IOT);
    SpacesAgreement second = join(SAME);
    assertEquals(Optional.empty(), first.problem());
    assertEquals(Optional.empty(), second.problem());
  }

  @Test
  void theYoungerOfTwoThatDifferIsNotReady() {
    SpacesAgreement first = join(IOT);
    SpacesAgreement second = join(OTHER);
    first.sweep();
    second.sweep();
    assertEquals(Optional.empty(), first.problem());
    assertEquals(FIRST_DIFFERS, second.problem());
  }

  @Test
  void aNodeIsReadyWhenTheOneThatDifferedHasGone() {
    join(OTHER);
    SpacesAgreement second = join(IOT);
    assertEquals(Optional.of("n1"), second.problem().map(problem -> problem.substring(9, 11)));
    members.remove(0);
    members.forEach(Member::changed);
    second.sweep();
    assertEquals(Optional.empty(), second.problem());
  }

  @Test
  void aNodeThatDidNotAnswerIsAskedAgain() {
    join(IOT);
    UnaryOperator<byte[]> answer = members.get(0).answer;
    members.get(0).answer = null;
    SpacesAgreement second = join(OTHER);
    assertEquals(Optional.empty(), second.problem());
    members.get(0).answer = answer;
    second.sweep();
    assertEquals(FIRST_DIFFERS, second.problem());
  }

  private SpacesAgreement join(SpaceSettings spaces) {
    Member member = new Member("n" + (members.size() + 1));
    members.add(member);
    members.forEach(Member::changed);
    return SpacesAgreement.over(member.cluster(), spaces);
  }

  /** One node of a cluster that is quick and forgets nothing. */
  private final class Member {
    private final Node node;
    private @Nullable UnaryOperator<byte[]> answer;
    private @Nullable Consumer<List<Node>> listener;

    Member(String name) {
      node = new Node(name);
    }

    Cluster cluster() {
      return (Cluster)
          Proxy.newProxyInstance(
              Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, this::call);
    }

    @SuppressWarnings("unchecked") // as the methods of Cluster say
    private @Nullable Object call(Object proxy, Method method, Object[] arguments) {
      switch (method.getName()) {
        case "self":
          return node;
        case "nodes":
          return nodes();
        case "onChange":
          listener = (Consumer<List<Node>>) arguments[0];
          return null;
        case "answer":
          answer = (UnaryOperator<byte[]>) arguments[1];
          return null;
        case "ask":
          return CompletableFuture.completedFuture(answers((byte[]) arguments[1]));
        default:
          throw new UnsupportedOperationException(method.getName());
      }
    }

    private Map<Node, byte[]> answers(byte[] question) {
      Map<Node, byte[]> answers = new HashMap<>();
      for (Member other : members) {
        if (other != this && other.answer != null) {
          answers.put(other.node, other.answer.apply(question));
        }
      }
      return answers;
    }

    void changed() {
      if (listener != null) {
        listener.accept(nodes());
      }
    }

    private List<Node> nodes() {
      return members.stream().map(member -> member.node).toList();
    }
  }
}
