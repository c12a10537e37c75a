package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What comes in and goes out, one message or one frame at a time. See docs/performance.md. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  private static final int BATCH = 100;
  private static final int SMALL_BYTES = 100;
  private static final int LARGE_BYTES = 10_000;
  private static final String SUBSCRIBE =
      "{\"op\":\"subscribe\",\"id\":7,\"topic\":\"stock/+/price\",\"mode\":\"latest\",\"maxRate\":5,"
          + "\"since\":{\"epoch\":\"m3k9x2\",\"offset\":123456}}";

  private final CommandReader reader = new CommandReader(1_000);
  private final MessagePackReader packedReader = new MessagePackReader(1_000);
  private final String publish =
      "{\"op\":\"publish\",\"id\":8,\"topic\":\"stock/AAPL/price\",\"data\":"
          + data(SMALL_BYTES)
          + "}";
  private final byte[] packedPublish = packedPublish();
  private final Publication small = publication(1, SMALL_BYTES);
  private final Publication large = publication(1, LARGE_BYTES);
  private final List<Outgoing> batch =
      IntStream.rangeClosed(1, BATCH)
          .mapToObj(i -> Outgoing.of(publication(i, SMALL_BYTES)))
          .toList();

  /** JSON of that many bytes: five short members and one long. */
  private static String data(int bytes) {
    String beginning =
        "{\"symbol\":\"AAPL\",\"price\":187.25,\"volume\":1200,\"open\":true,\"venue\":null,\"note\":\"";
    return beginning + "x".repeat(bytes - beginning.length() - 2) + "\"}";
  }

  private static byte[] packedPublish() {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packMapHeader(4).packString("op").packString("publish").packString("id").packInt(8);
      out.packString("topic").packString("stock/AAPL/price").packString("data").packMapHeader(6);
      out.packString("symbol").packString("AAPL").packString("price").packDouble(187.25);
      out.packString("volume").packInt(1_200).packString("open").packBoolean(true);
      out.packString("venue").packNil().packString("note").packString("x".repeat(17));
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Publication publication(long offset, int bytes) {
    Payload payload = new Payload.Json(data(bytes));
    TopicName topic = TopicName.of("stock/AAPL/price");
    return new Publication(offset, 1_700_000_000_000L, topic, null, payload, false, null, null);
  }

  @Benchmark
  public List<ClientCommand> readAPublishCommand() {
    return reader.read(publish);
  }

  @Benchmark
  public List<ClientCommand> readASubscribeCommand() {
    return reader.read(SUBSCRIBE);
  }

  @Benchmark
  public List<ClientCommand> readAPackedPublishCommand() {
    return packedReader.read(packedPublish);
  }

  @Benchmark
  public Outgoing writeAPublicationOf100Bytes() {
    return Outgoing.of(small);
  }

  @Benchmark
  public Outgoing writeAPublicationOf10Kilobytes() {
    return Outgoing.of(large);
  }

  @Benchmark
  public byte[] packAPublicationOf100Bytes() {
    return MessagePackWriter.write(Outgoing.of(small));
  }

  @Benchmark
  public byte[] packAPublicationOf10Kilobytes() {
    return MessagePackWriter.write(Outgoing.of(large));
  }

  /** The text frame of 100 messages that are encoded already. */
  @Benchmark
  public byte[] joinAFrameOf100Messages() {
    return Frame.of(batch).textFrame();
  }

  /** Runs it. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(new OptionsBuilder().include(CodecBenchmark.class.getSimpleName() + ".*").build())
        .run();
  }
}
