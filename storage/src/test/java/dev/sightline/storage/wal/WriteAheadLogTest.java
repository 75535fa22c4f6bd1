package dev.sightline.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteAheadLogTest {
  private final DiskFileSystem disk = new DiskFileSystem();
  private final FakeClock clock = new FakeClock(0);
  @TempDir Path directory;

  @Test
  void whatWasSyncedIsRead() {
    try (WriteAheadLog log = open(LogOptions.named("test"))) {
      log.sync(log.append(records("one", "two")));
      assertThat(contents()).containsExactly("one", "two");
    }
  }

  @Test
  void closingKeepsWhatNobodyWaitedFor() {
    try (WriteAheadLog log = open(LogOptions.named("test"))) {
      log.append(records("one"));
    }
    assertThat(contents()).containsExactly("one");
  }

  @Test
  void openingContinuesInANewFile() {
    for (String record : List.of("one", "two")) {
      try (WriteAheadLog log = open(LogOptions.named("test"))) {
        log.sync(log.append(records(record)));
      }
    }
    assertThat(contents()).containsExactly("one", "two");
    assertThat(directory).isDirectoryContaining(path -> path.endsWith("00000001"));
  }

  @Test
  void longRecordsCrossPagesAndFillFiles() {
    String text = "0123456789".repeat(7_000);
    List<String> written = new ArrayList<>();
    try (WriteAheadLog log = open(LogOptions.named("test").withFileBytes(128 * 1024))) {
      for (int i = 0; i < 10; i++) {
        written.add(i + text);
        log.sync(log.append(records(i + text)));
      }
      assertThat(log.fileNumber()).isGreaterThan(5);
    }
    assertThat(contents()).isEqualTo(written);
  }

  @Test
  void compressedRecordsAreReadAsTheyWere() {
    String text = "the same words again and again ".repeat(4_000);
    try (WriteAheadLog log = open(LogOptions.named("test").withSnappy())) {
      log.sync(log.append(records(text, "?")));
    }
    assertThat(contents()).containsExactly(text, "?");
    assertThat(disk.sizeBytes(directory.resolve("00000000"))).isLessThan(text.length() / 10);
  }

  @Test
  void startingAFileLetsTheOlderOnesGo() {
    try (WriteAheadLog log = open(LogOptions.named("test"))) {
      log.append(records("old"));
      int number = log.startFile();
      log.deleteFilesBelow(number);
      log.sync(log.append(records("new")));
      assertThat(contents()).containsExactly("new");
    }
  }

  private WriteAheadLog open(LogOptions options) {
    return WriteAheadLog.open(disk, directory, options, clock, clock, new MeterRegistry());
  }

  private List<String> contents() {
    List<String> contents = new ArrayList<>();
    ReplayReport report =
        WalReader.replay(disk, directory, 0, (_, record) -> contents.add(text(record)));
    assertThat(report.damages()).isEmpty();
    return contents;
  }

  private static List<byte[]> records(String... texts) {
    return List.of(texts).stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static String text(ByteBuffer record) {
    return StandardCharsets.UTF_8.decode(record).toString();
  }
}
