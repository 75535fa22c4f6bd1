package dev.sightline.logstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.logstore.LogModel.Line;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// A damaged file costs what is in it: the store starts, and nothing is deleted.
class LogStoreDamageTest {
  private static final Path DIRECTORY = Path.of("/logs");
  private static final long NOW_MS = 1_750_000_000_000L;
  private static final long NOW_NS = NOW_MS * 1_000_000;

  private final FakeClock clock = new FakeClock(NOW_MS);
  private SimulatedFileSystem disk = new SimulatedFileSystem(1);

  private LogStore open() {
    return LogStore.open(
        disk, DIRECTORY, LogStoreOptions.DEFAULT, clock, clock, new MeterRegistry());
  }

  private static Line line(int number) {
    String text = "number " + number + " " + Integer.toHexString(number * 0x9E3779B9).repeat(20);
    return new Line(Labels.of("app", "a"), NOW_NS + number, text, Labels.EMPTY);
  }

  /// Two blocks of 100 lines each, and 100 lines in the log.
  private void fill() {
    disk = new SimulatedFileSystem(1);
    LogStore store = open();
    for (int number = 0; number < 300; number++) {
      if (number == 100 || number == 200) {
        assertThat(store.cut()).isTrue();
      }
      store.append(LogModel.batch(List.of(line(number))));
    }
    store.close();
  }

  private static Map<String, UnaryOperator<byte[]>> damages() {
    Map<String, UnaryOperator<byte[]>> damages = new LinkedHashMap<>();
    for (int place = 0; place < 20; place++) {
      double share = place / 20.0;
      damages.put(
          "bit at " + share,
          bytes -> {
            bytes[(int) (bytes.length * share)] ^= 4;
            return bytes;
          });
    }
    damages.put(
        "zeros",
        bytes -> {
          Arrays.fill(
              bytes, bytes.length / 3, Math.min(bytes.length, bytes.length / 3 + 4096), (byte) 0);
          return bytes;
        });
    damages.put("half", bytes -> Arrays.copyOf(bytes, bytes.length / 2));
    damages.put("empty", _ -> new byte[0]);
    damages.put("more behind", bytes -> Arrays.copyOf(bytes, bytes.length + 100));
    return damages;
  }

  @Test
  void damagedBlockCostsItselfAlone() {
    damages()
        .forEach(
            (name, damage) -> {
              fill();
              Path block = blocks().getFirst();
              replace(block, damage);
              List<Integer> found = numbers(open());
              assertThat(found).as(name).containsAll(range(100, 300));
              if (!disk.exists(block)) {
                assertThat(disk.list(DIRECTORY.resolve("quarantine"))).as(name).hasSize(1);
              }
            });
  }

  @Test
  void damagedLogCostsARecord() {
    damages()
        .forEach(
            (name, damage) -> {
              fill();
              replace(largest(disk.list(DIRECTORY.resolve("wal"))), damage);
              LogStore store = open();
              List<Integer> found = numbers(store);
              assertThat(found).as(name).containsAll(range(0, 200));
              if (name.startsWith("bit")) {
                assertThat(found).as(name).hasSizeGreaterThanOrEqualTo(299);
              }
              assertThat(store.cut()).isTrue();
              assertThat(numbers(store)).isEqualTo(found);
              store.close();
              assertThat(numbers(open())).as(name).isEqualTo(found);
            });
  }

  @Test
  void damagedLogFileIsKeptWhenTheOthersAreDeleted() {
    fill();
    Path log = largest(disk.list(DIRECTORY.resolve("wal")));
    replace(
        log,
        bytes -> {
          bytes[bytes.length / 2] ^= 4;
          return bytes;
        });
    LogStore store = open();
    assertThat(store.cut()).isTrue();
    assertThat(disk.exists(log)).isFalse();
    assertThat(disk.list(DIRECTORY.resolve("quarantine")))
        .containsExactly(DIRECTORY.resolve("quarantine/wal-" + log.getFileName()));
  }

  private List<Path> blocks() {
    List<Path> blocks = new ArrayList<>();
    disk.list(DIRECTORY.resolve("blocks")).forEach(day -> blocks.addAll(disk.list(day)));
    return blocks;
  }

  private Path largest(List<Path> paths) {
    return paths.stream()
        .max((a, b) -> Long.compare(disk.sizeBytes(a), disk.sizeBytes(b)))
        .orElseThrow();
  }

  private void replace(Path file, UnaryOperator<byte[]> damage) {
    byte[] damaged = damage.apply(AtomicReplacement.read(disk, file));
    Path directory = file.getParent();
    AtomicReplacement.write(
        disk, directory == null ? Path.of("/") : directory, file.getFileName().toString(), damaged);
  }

  private static List<Integer> range(int from, int to) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = from; number < to; number++) {
      numbers.add(number);
    }
    return numbers;
  }

  private static List<Integer> numbers(LogStore store) {
    List<Integer> numbers = new ArrayList<>();
    LogModel.read(store, LogModel.everything(Direction.FORWARD))
        .forEach(
            (_, lines) ->
                lines.forEach(line -> numbers.add(Integer.valueOf(line.text().split(" ")[1]))));
    return numbers;
  }
}
