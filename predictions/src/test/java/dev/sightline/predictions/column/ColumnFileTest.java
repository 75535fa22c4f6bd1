package dev.sightline.predictions.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.predictions.part.IdHash;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.TruthHistory;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnFileTest {
  private static final Path PATH = Path.of("/00000007.columns");

  private final SimulatedFileSystem disk = new SimulatedFileSystem(1);

  private static byte[] row(String id, long timeMs, Map<String, Datum> features, Datum output) {
    return RecordCodec.encode(
        new Prediction(id, "m", "v", timeMs, features, output, 0.5, Map.of(), null, Map.of()));
  }

  private byte[] bytes() {
    try (OpenFile file = disk.openForReading(PATH)) {
      byte[] all = new byte[(int) file.sizeBytes()];
      file.read(ByteBuffer.wrap(all), 0);
      return all;
    }
  }

  private void write(byte[] bytes) {
    disk.delete(PATH);
    try (OpenFile file = disk.create(PATH)) {
      file.write(ByteBuffer.wrap(bytes), 0);
    }
  }

  private void writeTwoRows() {
    try (ColumnFileWriter writer = new ColumnFileWriter(disk, PATH, 7)) {
      writer.add(
          1_000,
          row("a", 1_000, Map.of("x", new Datum.Amount(3)), new Datum.Text("yes")),
          17,
          null);
      writer.add(
          1_005,
          row("b", 1_005, Map.of(), new Datum.Flag(true)),
          18,
          TruthHistory.of(new GroundTruth("m", "b", new Datum.Text("no"), 2_000)));
      writer.finish();
    }
  }

  @Test
  void aFileIsItsGoldenBytes() {
    writeTwoRows();
    assertThat(HexFormat.of().formatHex(bytes()))
        .isEqualTo(
            "534c5056000000010000000747057fe4"
                // directory: time, hash, truth, its time, output, confidence, latency, version, x
                + "02000000090400000014030000000d0200000009030000000f01000000140000000000030000000a0200000008"
                + "ecbcd7e6"
                // times, hashes
                + "d00f010005ec57f55a"
                + "11000000000000001200000000000000b0544c51"
                // truth, its time
                + "010400026e6f01ff0059d60f78"
                + "a01f01ff0030facad2"
                // output, confidence, version, x
                + "02060003796573030100011ffb74b6"
                + "000000000000e03f000000000000e03fee47bc13"
                + "01030001760083feb0ac"
                + "060100ff841e989a"
                // rows, complete, names
                + "000000020107020003000400050006000700080178"
                // one block of 2 rows and 9 columns; the end
                + "01020968d00f05972e37a900000020534c5045");
  }

  @Test
  void everyChangedByteIsRefusedOrChangesNothing() {
    writeTwoRows();
    byte[] whole = bytes();
    String want = shown();
    for (int i = 0; i < whole.length; i++) {
      byte[] spoilt = whole.clone();
      spoilt[i] ^= 0x40;
      write(spoilt);
      try {
        assertThat(shown()).as("byte " + i).isEqualTo(want);
      } catch (BadBytesException _) {
        // refused, as it should be
      }
    }
  }

  @Test
  void aFileThatEndsEarlyIsRefused() {
    writeTwoRows();
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      write(Arrays.copyOf(whole, length));
      assertThatThrownBy(this::shown).as(length + " bytes").isInstanceOf(BadBytesException.class);
    }
  }

  private String shown() {
    try (OpenFile file = disk.openForReading(PATH)) {
      ColumnFile columns = ColumnFile.open(file, 7, 2);
      int[] places = new int[10];
      for (int i = 0; i < places.length; i++) {
        places[i] = i - 1;
      }
      List<String> all = new ArrayList<>();
      for (Chunk chunk : columns.read(file, 0, places)) {
        all.add(Arrays.toString(chunk.numbers()));
        all.add(Arrays.toString(chunk.codes(new Words(), -1)));
      }
      return all.toString();
    }
  }

  @Test
  void columnsBeyondTheMostAreNotHereAndSaySo() {
    try (ColumnFileWriter writer = new ColumnFileWriter(disk, PATH, 7)) {
      for (int row = 0; row < 3; row++) {
        Map<String, Datum> features = new LinkedHashMap<>();
        for (int i = 0; i < 2_000; i++) {
          features.put("f" + row + "-" + i, new Datum.Amount(i));
        }
        writer.add(row, row("id" + row, row, features, new Datum.Amount(1)), row, null);
      }
      writer.finish();
    }
    try (OpenFile file = disk.openForReading(PATH)) {
      ColumnFile columns = ColumnFile.open(file, 7, 3);
      assertThat(columns.place(new Field.Feature("f0-0"))).isNotNull();
      assertThat(columns.place(new Field.Feature("f2-1999"))).isNull();
      assertThat(columns.place(new Field.Feature("nowhere"))).isNull();
    }
  }

  @Test
  void longTextsEndABlockEarly() {
    String text = "x".repeat(100_000);
    try (ColumnFileWriter writer = new ColumnFileWriter(disk, PATH, 7)) {
      for (int row = 0; row < 200; row++) {
        byte[] record =
            row("id" + row, row, Map.of("t", new Datum.Text(row + text)), new Datum.Amount(1));
        writer.add(row, record, IdHash.of("id" + row), null);
      }
      writer.finish();
    }
    try (OpenFile file = disk.openForReading(PATH)) {
      ColumnFile columns = ColumnFile.open(file, 7, 200);
      assertThat(columns.blocks()).isEqualTo(3);
      int place = columns.place(new Field.Feature("t"));
      Words words = new Words();
      int[] codes = columns.read(file, 2, new int[] {place})[0].codes(words, -1);
      assertThat(words.words.get(codes[0])).isEqualTo(columns.firstRow(2) + text);
    }
  }

  /// Numbers words in the order in which they come.
  private static final class Words implements WordCodes {
    private final List<String> words = new ArrayList<>();

    @Override
    public int text(String word) {
      if (!words.contains(word)) {
        words.add(word);
      }
      return words.indexOf(word);
    }

    @Override
    public int number(double value) {
      return text("" + value);
    }

    @Override
    public int flag(boolean value) {
      return text("" + value);
    }

    @Override
    public int[] known(byte[] stored, int count) {
      int[] codes = new int[count];
      Arrays.fill(codes, UNKNOWN);
      return codes;
    }
  }
}
