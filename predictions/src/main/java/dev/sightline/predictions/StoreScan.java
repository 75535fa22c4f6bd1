package dev.sightline.predictions;

import static dev.sightline.predictions.PredictionStore.reading;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.StoredRow;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One walk over the rows of a model as columns: memory row by row, files by their columns where
/// they have them. Used by one thread.
final class StoreScan {
  private final View view;
  private final Scan scan;
  private final long startMs;

  /// @param startMs included; not before that of the scan
  StoreScan(View view, Scan scan, long startMs) {
    this.view = view;
    this.scan = scan;
    this.startMs = startMs;
  }

  void run(Consumer<Batch> into) {
    if (startMs >= scan.endMs()) {
      return;
    }
    ColumnScan rows = new ColumnScan(scan, into);
    Listing listing = new Listing(view, scan.model());
    BlockScan blocks =
        new BlockScan(
            rows,
            into,
            new BlockScan.Overlay(
                listing::withLoose, lateTruths(), view.erased().hidden(scan.model())),
            startMs,
            scan.endMs());
    for (Part part : listing.parts(startMs, scan.endMs())) {
      if (!blocks.read(part)) {
        add(listing.rows(part, startMs, scan.endMs(), false), rows);
      }
    }
    for (Iterator<StoredRow> memory : listing.inMemory(startMs, scan.endMs(), false)) {
      add(memory, rows);
    }
    rows.finish();
  }

  private static void add(Iterator<StoredRow> from, ColumnScan rows) {
    while (reading(from::hasNext)) {
      rows.add(reading(from::next));
    }
  }

  private @Nullable LateTruthTable lateTruths() {
    boolean wanted =
        scan.wanted().stream()
            .anyMatch(
                one ->
                    one.field() instanceof Field.Truth || one.field() instanceof Field.TruthTimeMs);
    return wanted && view.hasLoose(scan.model()) ? LateTruthTable.of(view, scan.model()) : null;
  }
}
