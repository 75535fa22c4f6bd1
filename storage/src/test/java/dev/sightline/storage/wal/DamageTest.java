package dev.sightline.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A bad spot costs the record that it lies in, wherever it is.
class DamageTest {
  private static final Path DIRECTORY = Path.of("/log");
  private static final Path FILE = DIRECTORY.resolve("00000000");

  private static final int RECORDS = 80;
  private static final int LONG_BYTES = 34_000;

  /// of the long record, far from its ends, where one byte is like the other
  private static final int STRIDE = 97;

  private final SimulatedFileSystem disk = new SimulatedFileSystem(1);
  private final List<ByteBuffer> written = new ArrayList<>();

  @BeforeEach
  void write() {
    SplittableRandom random = new SplittableRandom(7);
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      byte[] record = new byte[i == RECORDS / 2 ? LONG_BYTES : 1 + random.nextInt(200)];
      random.nextBytes(record);
      records.add(record);
      written.add(ByteBuffer.wrap(record));
    }
    FakeClock clock = new FakeClock(0);
    LogOptions options = LogOptions.named("test");
    try (WriteAheadLog log =
        WriteAheadLog.open(disk, DIRECTORY, options, clock, clock, new MeterRegistry())) {
      log.append(records);
    }
  }

  @Test
  void oneDamagedByteCostsAtMostOneRecord() {
    SplittableRandom random = new SplittableRandom(8);
    try (OpenFile file = disk.openForWriting(FILE)) {
      for (long offset = 0; offset < file.sizeBytes(); offset += stride(offset)) {
        byte right = byteAt(file, offset);
        byte wrong = (byte) (right ^ (1 + random.nextInt(255)));
        put(file, offset, wrong);
        List<ByteBuffer> found = new ArrayList<>();
        ReplayReport report = read(found);
        assertThat(found.size()).as("byte %d", offset).isBetween(RECORDS - 1, RECORDS);
        assertThat(isInOrderIn(found, written)).as("byte %d", offset).isTrue();
        assertThat(report.damageCount()).as("byte %d", offset).isEqualTo(1);
        put(file, offset, right);
      }
    }
  }

  @Test
  void cuttingTheLogKeepsWhatIsWholeBefore() {
    try (OpenFile file = disk.openForWriting(FILE)) {
      int whole = written.size();
      for (long size = file.sizeBytes() - 1; size >= 0; size -= stride(size)) {
        file.truncate(size);
        List<ByteBuffer> found = new ArrayList<>();
        ReplayReport report = read(found);
        assertThat(report.isDamaged()).as("cut at %d", size).isFalse();
        assertThat(found.size()).as("cut at %d", size).isBetween(whole - 1, whole);
        whole = found.size();
        assertThat(found).isEqualTo(written.subList(0, whole));
      }
      assertThat(whole).isZero();
    }
  }

  @Test
  void zeroedSectorCostsWhatLayInIt() {
    try (OpenFile file = disk.openForWriting(FILE)) {
      file.write(ByteBuffer.allocate(512), 1024);
      List<ByteBuffer> found = new ArrayList<>();
      ReplayReport report = read(found);
      assertThat(isInOrderIn(found, written)).isTrue();
      assertThat(found.size()).isGreaterThan(RECORDS - 12);
      assertThat(report.isDamaged()).isTrue();
    }
  }

  @Test
  void zeroedPageIsNoticed() {
    try (OpenFile file = disk.openForWriting(FILE)) {
      file.write(ByteBuffer.allocate(LogFormat.PAGE_BYTES), 0);
      List<ByteBuffer> found = new ArrayList<>();
      ReplayReport report = read(found);
      assertThat(found).isEqualTo(written.subList(RECORDS / 2 + 1, RECORDS));
      assertThat(report.damages()).first().extracting("what").asString().contains("zeros");
    }
  }

  @Test
  void missingFileIsNoticed() {
    try (OpenFile file = disk.create(DIRECTORY.resolve("00000002"))) {
      file.sync();
    }
    ReplayReport report = read(new ArrayList<>());
    assertThat(report.damages()).first().extracting("what").asString().contains("missing");
    assertThat(report.lastFile()).isEqualTo(2);
  }

  private static long stride(long offset) {
    return offset > 6_000 && offset < 30_000 ? STRIDE : 1;
  }

  private ReplayReport read(List<ByteBuffer> found) {
    return WalReader.replay(
        disk,
        DIRECTORY,
        0,
        (_, record) -> found.add(ByteBuffer.allocate(record.remaining()).put(record).flip()));
  }

  private static boolean isInOrderIn(List<ByteBuffer> found, List<ByteBuffer> written) {
    int at = 0;
    for (ByteBuffer one : written) {
      if (at < found.size() && found.get(at).equals(one)) {
        at++;
      }
    }
    return at == found.size();
  }

  private static byte byteAt(OpenFile file, long offset) {
    ByteBuffer one = ByteBuffer.allocate(1);
    file.read(one, offset);
    return one.get(0);
  }

  private static void put(OpenFile file, long offset, byte value) {
    file.write(ByteBuffer.wrap(new byte[] {value}), offset);
  }
}
