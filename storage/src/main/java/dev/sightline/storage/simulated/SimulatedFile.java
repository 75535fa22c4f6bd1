package dev.sightline.storage.simulated;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The bytes of one simulated file: as programs see them, as they are on the platters, and the
/// changes between the two.
final class SimulatedFile implements SimulatedNode {
  private static final int SECTOR_BYTES = 512;
  private static final int BLOCK_BYTES = 4096;

  private byte[] bytes = new byte[0];
  private int size;
  private byte[] durable = new byte[0];
  private final List<Change> unsynced = new ArrayList<>();

  /// Something that was done to the file and not synced.
  private sealed interface Change {
    /// @param bytes from 0 to the capacity
    record Write(int offset, ByteBuffer bytes) implements Change {}

    record Truncate(int size) implements Change {}
  }

  static SimulatedFile holding(byte[] durable) {
    SimulatedFile file = new SimulatedFile();
    file.durable = durable;
    file.bytes = durable.clone();
    file.size = durable.length;
    return file;
  }

  int size() {
    return size;
  }

  byte[] content() {
    return Arrays.copyOf(bytes, size);
  }

  int read(byte[] into, int at, int length, long offset) {
    int count = (int) Math.max(0, Math.min(length, size - offset));
    if (count > 0) {
      System.arraycopy(bytes, (int) offset, into, at, count);
    }
    return count;
  }

  void write(byte[] content, int offset) {
    if (content.length == 0) {
      return;
    }
    int end = offset + content.length;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(content, 0, bytes, offset, content.length);
    size = Math.max(size, end);
    unsynced.add(new Change.Write(offset, ByteBuffer.wrap(content)));
  }

  void truncate(int newSize) {
    if (newSize < size) {
      Arrays.fill(bytes, newSize, size, (byte) 0);
      size = newSize;
      unsynced.add(new Change.Truncate(newSize));
    }
  }

  void sync() {
    for (Change change : unsynced) {
      durable = applied(change, durable);
    }
    unsynced.clear();
  }

  /// What systems do after an error: some of the changes are on the platters, all count as clean,
  /// and programs go on seeing them until the power fails.
  void failToSync(RandomGenerator random) {
    durable = survivors(random);
    unsynced.clear();
  }

  /// What is on the platters if the power fails now.
  byte[] survivors(RandomGenerator random) {
    byte[] content = durable;
    Loss loss = Loss.values()[random.nextInt(Loss.values().length)];
    int whole = random.nextInt(unsynced.size() + 1);
    for (int i = 0; i < unsynced.size(); i++) {
      content =
          switch (loss) {
            case ALL -> content;
            case NONE -> applied(unsynced.get(i), content);
            case LATEST -> i < whole ? applied(unsynced.get(i), content) : content;
            case SECTORS -> torn(unsynced.get(i), content, SECTOR_BYTES, random);
            case BLOCKS, BLOCKS_BUT_SIZE -> torn(unsynced.get(i), content, BLOCK_BYTES, random);
          };
    }
    boolean grown = loss == Loss.BLOCKS_BUT_SIZE && content.length < size;
    return grown ? Arrays.copyOf(content, size) : content;
  }

  /// Which unsynced changes a power cut takes.
  private enum Loss {
    ALL,
    NONE,
    /// those after some moment
    LATEST,
    /// any, of 512 bytes each
    SECTORS,
    /// any, of 4 KiB each
    BLOCKS,
    /// any of 4 KiB each, but the file has got its new length
    BLOCKS_BUT_SIZE
  }

  private static byte[] torn(Change change, byte[] content, int unit, RandomGenerator random) {
    return switch (change) {
      case Change.Truncate truncate -> random.nextBoolean() ? applied(truncate, content) : content;
      case Change.Write(int offset, ByteBuffer written) -> {
        byte[] result = content;
        int at = 0;
        while (at < written.capacity()) {
          int end = Math.min(written.capacity(), ((offset + at) / unit + 1) * unit - offset);
          if (random.nextBoolean()) {
            ByteBuffer piece = written.slice(at, end - at);
            result = applied(new Change.Write(offset + at, piece), result);
          }
          at = end;
        }
        yield result;
      }
    };
  }

  private static byte[] applied(Change change, byte[] content) {
    return switch (change) {
      case Change.Truncate(int newSize) ->
          newSize < content.length ? Arrays.copyOf(content, newSize) : content;
      case Change.Write(int offset, ByteBuffer written) -> {
        byte[] result =
            Arrays.copyOf(content, Math.max(content.length, offset + written.capacity()));
        written.get(0, result, offset, written.capacity());
        yield result;
      }
    };
  }
}
