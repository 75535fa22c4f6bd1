package dev.sightline.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.storage.fs.FileSystem;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;

/// Records that say which they are and can be checked to the last byte.
record NumberedRecords(long seed) {
  private static final int NUMBER_BYTES = 4;

  /// Mostly short, now and then longer than a page.
  byte[] record(int number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    int length = random.nextInt(20) == 0 ? random.nextInt(90_000) : random.nextInt(300);
    byte[] record = new byte[NUMBER_BYTES + length];
    random.nextBytes(record);
    ByteBuffer.wrap(record).putInt(number);
    return record;
  }

  List<byte[]> records(int from, int to) {
    List<byte[]> records = new ArrayList<>();
    for (int number = from; number < to; number++) {
      records.add(record(number));
    }
    return records;
  }

  /// The numbers of what is in a log, in its order. What was written twice counts where it stands
  /// last. Fails if something is in there that was never appended.
  List<Integer> read(FileSystem files, Path directory) {
    LinkedHashSet<Integer> numbers = new LinkedHashSet<>();
    WalReader.replay(
        files,
        directory,
        0,
        (_, record) -> {
          byte[] bytes = new byte[record.remaining()];
          record.get(bytes);
          assertThat(bytes.length).as("length of a record").isGreaterThanOrEqualTo(NUMBER_BYTES);
          int number = ByteBuffer.wrap(bytes).getInt();
          assertThat(bytes).as("record " + number).isEqualTo(record(number));
          numbers.remove(number);
          numbers.add(number);
        });
    return List.copyOf(numbers);
  }
}
