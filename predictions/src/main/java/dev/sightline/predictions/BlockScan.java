package dev.sightline.predictions;

import static dev.sightline.predictions.PredictionStore.reading;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.predictions.column.Chunk;
import dev.sightline.predictions.column.ColumnFile;
import dev.sightline.predictions.erase.IdHashes;
import dev.sightline.predictions.part.IdHash;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.StorageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Hands on the columns of a part block by block. Of a block that cannot be read the rows are read
/// instead. Used by one thread.
final class BlockScan {
  private static final int TIMES = 0;

  private final Scan scan;
  private final ColumnScan rows;
  private final Consumer<Batch> into;
  private final Overlay overlay;
  private final @Nullable LateTruthTable late;
  private final @Nullable IdHashes hidden;
  private final long startMs;
  private final long endMs;

  /// What has happened to the rows of files since.
  ///
  /// @param withLoose adds to a row the truths that lie loose
  /// @param late the same truths, for columns; null where there are none or none is wanted
  /// @param hidden rows that were deleted; null where there are none
  record Overlay(
      UnaryOperator<StoredRow> withLoose,
      @Nullable LateTruthTable late,
      @Nullable IdHashes hidden) {}

  /// @param rows takes the rows that have no columns
  /// @param startMs included
  /// @param endMs excluded
  BlockScan(ColumnScan rows, Consumer<Batch> into, Overlay overlay, long startMs, long endMs) {
    this.scan = rows.scan();
    this.rows = rows;
    this.into = into;
    this.overlay = overlay;
    this.late = overlay.late();
    this.hidden = overlay.hidden();
    this.startMs = startMs;
    this.endMs = endMs;
  }

  /// The columns of a part that are to be read.
  ///
  /// @param places of what is wanted in `file`
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Wished(Part part, ColumnFile file, int[] places) {}

  /// @return null where the part has no columns of what is wanted
  @Nullable Wished wished(Part part) {
    ColumnFile file = part.columns();
    int[] places = file == null ? null : places(part, file);
    return file == null || places == null ? null : new Wished(part, file, places);
  }

  /// Whether no row of the part is of the version that is wanted.
  boolean hasNone(Part part) {
    String version = scan.version();
    return version != null
        && !version.isEmpty()
        && !part.facts().rowsOfVersion().containsKey(version);
  }

  /// @param share which of the blocks
  void read(Wished wished, Share share) {
    Part part = wished.part();
    ColumnFile file = wished.file();
    int[] places = wished.places();
    for (int block = 0; block < file.blocks(); block++) {
      if (share.has(block) && file.lastMs(block) >= startMs && file.firstMs(block) < endMs) {
        Batch batch = batch(part, file, block, places);
        if (batch == null) {
          addRows(part, file, block);
        } else if (batch.rows() > 0) {
          into.accept(batch);
        }
      }
    }
  }

  /// Times first, then what is wanted, then the version and the hashes of ids, where they are
  /// needed.
  private int @Nullable [] places(Part part, ColumnFile file) {
    List<Integer> places = new ArrayList<>(List.of(ColumnFile.times()));
    for (ColumnBuilder column : rows.columns()) {
      Integer place = column.isStored() ? file.place(column.field()) : null;
      if (place == null) {
        return null;
      }
      places.add(place);
    }
    Integer version = file.place(new Field.Version());
    if (version == null) {
      return null;
    }
    if (filtersVersion(part)) {
      places.add(version);
    }
    if (late != null || hidden != null) {
      places.add(ColumnFile.hashes());
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  private boolean filtersVersion(Part part) {
    String version = scan.version();
    return version != null
        && part.facts().rowsOfVersion().getOrDefault(version, 0) != part.facts().rows();
  }

  /// @return null where the block is damaged
  private @Nullable Batch batch(Part part, ColumnFile file, int block, int[] places) {
    try {
      Chunk[] chunks = part.chunks(file, block, places);
      long[] timesMs = chunks[TIMES].longs();
      List<Column> columns = new ArrayList<>(rows.columns().size());
      int place = 1;
      for (ColumnBuilder column : rows.columns()) {
        columns.add(column.of(chunks[place++]));
      }
      boolean[] wanted = filtersVersion(part) ? ofVersion(chunks[place++]) : null;
      if (late != null) {
        overlay(late, chunks[place].longs(), columns);
      }
      if (hidden != null) {
        wanted = shown(hidden, chunks[place].longs(), wanted);
      }
      boolean all = wanted == null && timesMs[0] >= startMs && timesMs[timesMs.length - 1] < endMs;
      return all ? new Batch(timesMs.length, timesMs, columns) : some(timesMs, columns, wanted);
    } catch (BadBytesException | StorageException bad) {
      part.withoutColumns(bad);
      return null;
    }
  }

  /// @return `wanted` where no row of the block is hidden
  private static boolean @Nullable [] shown(
      IdHashes hidden, long[] hashes, boolean @Nullable [] wanted) {
    boolean[] shown = wanted;
    for (int row = 0; row < hashes.length; row++) {
      if (hidden.contains(hashes[row])) {
        if (shown == null) {
          shown = new boolean[hashes.length];
          Arrays.fill(shown, true);
        }
        shown[row] = false;
      }
    }
    return shown;
  }

  private boolean[] ofVersion(Chunk versions) {
    String wanted = String.valueOf(scan.version());
    int[] codes = versions.codes(new VersionCodes(wanted), wanted.isEmpty() ? 1 : 0);
    boolean[] matches = new boolean[codes.length];
    for (int row = 0; row < codes.length; row++) {
      matches[row] = codes[row] == 1;
    }
    return matches;
  }

  private void overlay(LateTruthTable truths, long[] hashes, List<Column> columns) {
    for (int row = 0; row < hashes.length; row++) {
      GroundTruth truth = truths.find(hashes[row]);
      if (truth != null) {
        for (int i = 0; i < columns.size(); i++) {
          ColumnBuilder builder = rows.columns().get(i);
          switch (builder.field()) {
            case Field.Truth() -> builder.replace(columns.get(i), row, truth.value());
            case Field.TruthTimeMs() ->
                builder.replace(columns.get(i), row, (double) truth.timeMs());
            case Field.Output _, Field.Confidence _, Field.LatencyMs _, Field.Version _ -> {}
            case Field.Feature _, Field.Probability _, Field.Tag _ -> {}
          }
        }
      }
    }
  }

  private Batch some(long[] timesMs, List<Column> columns, boolean @Nullable [] wanted) {
    int[] kept = new int[timesMs.length];
    int count = 0;
    for (int row = 0; row < timesMs.length; row++) {
      if (timesMs[row] >= startMs && timesMs[row] < endMs && (wanted == null || wanted[row])) {
        kept[count++] = row;
      }
    }
    int[] chosen = Arrays.copyOf(kept, count);
    long[] times = new long[count];
    Arrays.setAll(times, row -> timesMs[chosen[row]]);
    return new Batch(count, times, columns.stream().map(column -> some(column, chosen)).toList());
  }

  private static Column some(Column column, int[] chosen) {
    return switch (column) {
      case Column.Numbers(double[] values) -> {
        double[] some = new double[chosen.length];
        Arrays.setAll(some, row -> values[chosen[row]]);
        yield new Column.Numbers(some);
      }
      case Column.Texts(int[] codes, List<String> words) -> {
        int[] some = new int[chosen.length];
        Arrays.setAll(some, row -> codes[chosen[row]]);
        yield new Column.Texts(some, words);
      }
      case Column.Lists(Datum[] values) -> {
        Datum[] some = new Datum[chosen.length];
        Arrays.setAll(some, row -> values[chosen[row]]);
        yield new Column.Lists(some);
      }
    };
  }

  private void addRows(Part part, ColumnFile file, int block) {
    int first = file.firstRow(block);
    for (StoredRow row : reading(() -> part.rows(first, first + file.rows(block)))) {
      long timeMs = row.place().timeMs();
      boolean isHidden = hidden != null && hidden.contains(IdHash.of(row.id()));
      if (timeMs >= startMs && timeMs < endMs && !isHidden) {
        rows.add(overlay.withLoose().apply(row));
      }
    }
  }
}
