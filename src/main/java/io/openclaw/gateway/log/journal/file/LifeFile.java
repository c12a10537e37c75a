package io.openclaw.gateway.log.journal.file;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.Lineage.Life;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file that names the life of the log. */
final class LifeFile {
  private static final int FORMAT = 1;

  /**
   * What is in it.
   *
   * @param lineage the life
   * @param boot the run of the operating system that wrote last; empty if it has no name
   * @param forced whether everything that was acknowledged is on the disk, whatever happens
   * @param last the last offset, if it was closed in good order; -1 otherwise
   */
  record State(Lineage lineage, String boot, boolean forced, long last) {}

  private final Path directory;
  private final Path file;

  LifeFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("life");
  }

  Path path() {
    return file;
  }

  /**
   * Empty if there is none.
   *
   * @throws DamagedException if it is not what was written
   */
  Optional<State> read() throws IOException {
    return Files.exists(file)
        ? Optional.of(Checked.decode(Files.readAllBytes(file), LifeFile::read))
        : Optional.empty();
  }

  private static State read(DataInputStream in) throws IOException {
    if (in.readInt() != FORMAT) {
      throw new DamagedException("another format");
    }
    String epoch = in.readUTF();
    int count = in.readInt();
    List<Life> former = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      former.add(new Life(in.readUTF(), in.readLong()));
    }
    return new State(new Lineage(epoch, former), in.readUTF(), in.readBoolean(), in.readLong());
  }

  /** Is on the disk, whole, when this returns. */
  void write(State life) throws IOException {
    Path next = file.resolveSibling("life.next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(Checked.encode(256, out -> write(life, out))));
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Directories.force(directory);
  }

  private static void write(State life, DataOutputStream out) throws IOException {
    out.writeInt(FORMAT);
    out.writeUTF(life.lineage.epoch());
    out.writeInt(life.lineage.former().size());
    for (Life each : life.lineage.former()) {
      out.writeUTF(each.epoch());
      out.writeLong(each.lastOffset());
    }
    out.writeUTF(life.boot);
    out.writeBoolean(life.forced);
    out.writeLong(life.last);
  }
}
