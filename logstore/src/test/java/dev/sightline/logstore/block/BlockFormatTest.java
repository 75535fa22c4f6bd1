package dev.sightline.logstore.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.logstore.merge.Span;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.Golden;
import dev.sightline.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Holds the table of [BlockFormat] against bytes, and reads what is damaged.
class BlockFormatTest {
  private static final Path FILE = Path.of("/block");
  private static final Span ALL =
      new Span(Long.MIN_VALUE, Long.MAX_VALUE, Direction.FORWARD, List.of());

  private final SimulatedFileSystem disk = new SimulatedFileSystem(1);
  private int damages;

  private final Block.Shared shared =
      new Block.Shared(disk, new FrameCache(1 << 20), () -> damages++);

  /// Lines of a stream in an array.
  private record Given(Labels labels, List<String> texts, long stepNs, Labels metadata)
      implements StreamPart {
    @Override
    public long minNs() {
      return 1_000_000_000;
    }

    @Override
    public long maxNs() {
      return minNs() + stepNs * texts.size();
    }

    @Override
    public LogCursor read(Span span) {
      return new LogCursor() {
        private int at = -1;
        private byte[] line = new byte[0];

        @Override
        public boolean next() {
          if (++at >= texts.size()) {
            return false;
          }
          line = texts.get(at).getBytes(StandardCharsets.UTF_8);
          return true;
        }

        @Override
        public long timestampNs() {
          return minNs() + at * stepNs;
        }

        @Override
        public byte[] bytes() {
          return line;
        }

        @Override
        public int lineStart() {
          return 0;
        }

        @Override
        public int lineEnd() {
          return line.length;
        }

        @Override
        public Labels metadata() {
          return metadata;
        }
      };
    }
  }

  private static List<Given> small() {
    return List.of(
        new Given(
            Labels.of("app", "a"),
            List.of("GET /predict", "trace=4bf92f3577b34da6"),
            1_000_000,
            Labels.EMPTY),
        new Given(Labels.of("app", "b"), List.of("", "x"), 7, Labels.of("pod", "1")));
  }

  private void write(List<Given> parts) {
    disk.delete(FILE);
    BlockSummary numbers = new BlockSummary(3, 9, 0, 0, 0, 0, 1_000);
    assertThat(BlockWriter.write(disk, FILE, parts, ALL, numbers, List.of("old.block")))
        .isPositive();
  }

  private byte[] bytes() {
    return AtomicReplacement.read(disk, FILE);
  }

  private List<String> read(Span span) {
    Block block = Block.open(shared, FILE);
    List<String> lines = new ArrayList<>();
    block.acquire();
    try {
      for (StreamPart part : block.select(List.of(), span.startNs(), span.endNs())) {
        LogCursor cursor = part.read(span);
        while (cursor.next()) {
          String text =
              new String(
                  cursor.bytes(),
                  cursor.lineStart(),
                  cursor.lineEnd() - cursor.lineStart(),
                  StandardCharsets.UTF_8);
          lines.add(
              part.labels().get("app") + cursor.metadata() + cursor.timestampNs() + " " + text);
        }
      }
    } finally {
      block.release();
    }
    return lines;
  }

  @Test
  void blockHasTheBytesOfItsTable() {
    write(small());
    String hex = HexFormat.ofDelimiter(" ").formatHex(bytes());
    Golden.check("block.hex", hex.replaceAll("(.{95}) ", "$1\n") + "\n");
  }

  @Test
  void blocksOfTheFirstVersionAreRead() throws IOException {
    write(small());
    List<String> want = read(ALL);
    String hex = Files.readString(Path.of("src/test/resources/golden/block-1.hex"));
    byte[] first = HexFormat.ofDelimiter(" ").parseHex(hex.strip().replace("\n", " "));
    AtomicReplacement.write(disk, Path.of("/"), "block", first);
    assertThat(read(ALL)).isEqualTo(want).hasSize(4);
    assertThat(damages).isZero();
  }

  @Test
  void linesOfManyFramesComeBack() {
    SplittableRandom random = new SplittableRandom(3);
    List<Given> parts = new ArrayList<>();
    List<String> want = new ArrayList<>();
    for (int stream = 0; stream < 20; stream++) {
      List<String> texts = new ArrayList<>();
      for (int i = random.nextInt(1, 12_000); i > 0; i--) {
        texts.add("stream " + stream + " line " + i + " " + Long.toHexString(random.nextLong()));
      }
      Given given = new Given(Labels.of("app", "a" + (10 + stream)), texts, 1_000, Labels.EMPTY);
      parts.add(given);
      for (int i = 0; i < texts.size(); i++) {
        want.add(given.labels.get("app") + "{}" + (given.minNs() + 1_000 * i) + " " + texts.get(i));
      }
    }
    write(parts);
    assertThat(disk.sizeBytes(FILE)).isGreaterThan(1 << 20);
    assertThat(read(ALL)).isEqualTo(want);

    long startNs = 1_000_000_000 + 3_500_000;
    List<String> part = read(new Span(startNs, startNs + 2_000_000, Direction.FORWARD, List.of()));
    List<String> backward =
        read(new Span(startNs, startNs + 2_000_000, Direction.BACKWARD, List.of()));
    assertThat(part)
        .isEqualTo(
            want.stream()
                .filter(
                    line -> {
                      long ns = Long.parseLong(line.substring(5, line.indexOf(' ')));
                      return ns >= startNs && ns < startNs + 2_000_000;
                    })
                .toList());
    assertThat(backward).containsExactlyInAnyOrderElementsOf(part);
  }

  @Test
  void framesWithoutTheTextAreNotRead() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      texts.add("id=" + Integer.toHexString(i * 40_503) + " and much that is always the same here");
    }
    write(List.of(new Given(Labels.of("app", "a"), texts, 1_000, Labels.EMPTY)));
    Span span = new Span(0, Long.MAX_VALUE, Direction.FORWARD, List.of(texts.get(30_000)));
    assertThat(read(span))
        .hasSizeBetween(1, 40_000)
        .anyMatch(line -> line.endsWith(texts.get(30_000)));
  }

  @Test
  void everyDamagedByteIsNoticedAndCostsNothingElse() {
    write(small());
    byte[] whole = bytes();
    List<String> want = read(ALL);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      List<String> found = readOrRefuse(damaged);
      assertThat(found.isEmpty() || found.equals(want)).as("byte %d", at).isTrue();
    }
  }

  @Test
  void everyCutIsRefused() {
    write(small());
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      assertThat(readOrRefuse(Arrays.copyOf(whole, length))).as("cut at %d", length).isEmpty();
    }
  }

  @Test
  void rubbishIsRefused() {
    write(small());
    byte[] whole = bytes();
    Seeds.check(
        3_000,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          byte[] damaged = whole.clone();
          int from = random.nextInt(damaged.length);
          for (int i = from; i < Math.min(damaged.length, from + random.nextInt(64)); i++) {
            damaged[i] = (byte) random.nextInt(256);
          }
          readOrRefuse(damaged);
        });
  }

  private List<String> readOrRefuse(byte[] bytes) {
    AtomicReplacement.write(disk, Path.of("/"), "block", bytes);
    try {
      return read(ALL);
    } catch (BadBytesException | StorageException | NewerVersionException refused) {
      assertThat(refused).hasMessageNotContaining("BUG");
      return List.of();
    }
  }

  @Test
  void directoriesThatLieAreRefused() {
    write(small());
    byte[] whole = bytes();
    Seeds.check(
        20_000,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          byte[] section = new byte[random.nextInt(1, 80)];
          random.nextBytes(section);
          section[0] = (byte) random.nextInt(4);
          try {
            BlockIndex.read(section, whole, section, random.nextInt(4));
          } catch (BadBytesException refused) {
            assertThat(refused).hasMessageNotContaining("BUG");
          }
        });
  }
}
