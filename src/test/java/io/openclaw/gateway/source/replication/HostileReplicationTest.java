package io.openclaw.gateway.source.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fuzz.Cost;
import io.openclaw.gateway.source.JsonText;
import io.openclaw.gateway.source.replication.PgOutput.Cell;
import io.openclaw.gateway.source.replication.PgOutput.Old;
import io.openclaw.gateway.source.replication.PgOutput.Update;
import io.openclaw.gateway.source.replication.PgOutputDecoder.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HostileReplicationTest {
  private static ByteBuffer message(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<byte[]> messages() {
    Arbitrary<Character> kinds = Arbitraries.of('B', 'C', 'R', 'I', 'U', 'D', 'T', 'Y', 'O', 'x');
    Arbitrary<Byte> bytes =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.bytes().between((byte) 0, (byte) 3)),
            net.jqwik.api.Tuple.of(
                2,
                Arbitraries.of(
                    (byte) 'N', (byte) 'K', (byte) 'O', (byte) 't', (byte) 'n', (byte) 'u')),
            net.jqwik.api.Tuple.of(1, Arbitraries.bytes()));
    return Combinators.combine(kinds, bytes.array(byte[].class).ofMaxSize(200))
        .as(
            (kind, rest) -> {
              byte[] message = Arrays.copyOf(new byte[] {(byte) (char) kind}, rest.length + 1);
              System.arraycopy(rest, 0, message, 1, rest.length);
              return message;
            });
  }

  @Property(tries = 5000)
  void whateverComesIsAMessageOrMalformed(@ForAll("messages") byte[] message) {
    assertNotNull(
        Cost.bounded(
            message,
            () -> {
              try {
                return PgOutputDecoder.decode(ByteBuffer.wrap(message));
              } catch (MalformedException e) {
                return e;
              }
            }));
  }

  @Property(tries = 5000)
  void whateverTextAValueHasItBecomesJson(
      @ForAll("texts") String text, @ForAll("types") PgType type) {
    StringBuilder json = new StringBuilder();
    PgType.write(json, type, text);
    assertTrue(JsonText.isJson(json.toString()), json::toString);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().withChars("{}[]=\",\\01eE-+.tN ULL").ofMaxLength(20));
  }

  @Provide
  Arbitrary<PgType> types() {
    Arbitrary<PgType.Scalar> scalars =
        Arbitraries.of(PgType.Scalar.class).filter(type -> type != PgType.Scalar.JSON);
    return Arbitraries.oneOf(
        scalars.map(type -> type), scalars.map(type -> new PgType.ArrayOf(type, ',')));
  }

  @Example
  void readsAnUpdateWithTheOldKey() throws MalformedException {
    PgOutput update =
        PgOutputDecoder.decode(message("U\0\0\0\7K\0\2t\0\0\0\0011nN\0\2t\0\0\0\0012u"));
    Old old = new Old(true, List.of(new Cell("1"), Cell.NULL));
    assertEquals(new Update(7, old, List.of(new Cell("2"), Cell.UNCHANGED)), update);
  }

  @Example
  void believesNoLengthThatTheMessageIsTooShortFor() {
    assertThrows(
        MalformedException.class,
        () -> PgOutputDecoder.decode(message("I\0\0\0\7N\0\1t\177\377\377\377x")));
    assertThrows(
        MalformedException.class,
        () -> PgOutputDecoder.decode(message("T\177\377\377\377\0\0\0\0\1")));
  }
}
