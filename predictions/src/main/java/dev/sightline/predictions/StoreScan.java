package dev.sightline.predictions;

import static dev.sightline.predictions.PredictionStore.reading;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.predictions.BlockScan.Wished;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.StoredRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A walk over the rows of a model as columns: memory row by row, files by their columns where they
/// have them. Its receivers share the rows, and may be served at once.
final class StoreScan {
  /// Rows behind one another that go to the same receiver.
  private static final int RUN_ROWS = 8_192;

  private final Scan scan;
  private final long startMs;
  private final Listing listing;
  private final BlockScan.Overlay overlay;
  private final List<Part> parts;

  /// @param startMs included; not before that of the scan
  StoreScan(View view, Scan scan, long startMs) {
    this.scan = scan;
    this.startMs = startMs;
    this.listing = new Listing(view, scan.model());
    this.parts = startMs < scan.endMs() ? listing.parts(startMs, scan.endMs()) : List.of();
    this.overlay =
        new BlockScan.Overlay(
            listing::withLoose, lateTruths(view, scan), view.erased().hidden(scan.model()));
  }

  /// How many rows the files have that may be read, about.
  long rowsInFiles() {
    return parts.stream().mapToLong(part -> part.facts().rows()).sum();
  }

  void run(Consumer<Batch> into) {
    walks(List.of(into)).getFirst().run();
  }

  /// One walk for each receiver, that may be run at once.
  List<Runnable> walks(List<Consumer<Batch>> receivers) {
    List<Walk> walks = new ArrayList<>();
    for (int each = 0; each < receivers.size(); each++) {
      walks.add(new Walk(receivers.get(each), new Share(each, receivers.size())));
    }
    // Columns that turn out to be damaged vanish: all must have made up their minds before.
    List<Source> sources = new ArrayList<>();
    for (Part part : parts) {
      if (!walks.getFirst().blocks.hasNone(part)) {
        sources.add(new Source(part, walks.getFirst().blocks.wished(part)));
      }
    }
    return walks.stream().map(walk -> (Runnable) () -> walk.run(sources)).toList();
  }

  /// @param wished its columns; null where its rows are read
  private record Source(Part part, @Nullable Wished wished) {}

  /// What one receiver is told of. Used by one thread.
  private final class Walk {
    private final ColumnScan rows;
    private final BlockScan blocks;
    private final Share share;
    private long seen;

    Walk(Consumer<Batch> into, Share share) {
      this.rows = new ColumnScan(scan, into);
      this.blocks = new BlockScan(rows, into, overlay, startMs, scan.endMs());
      this.share = share;
    }

    void run(List<Source> sources) {
      if (startMs >= scan.endMs()) {
        return;
      }
      for (Source source : sources) {
        Wished wished = source.wished();
        if (wished != null) {
          blocks.read(wished, share);
        } else {
          add(listing.rows(source.part(), startMs, scan.endMs(), false));
        }
      }
      for (Iterator<StoredRow> memory : listing.inMemory(startMs, scan.endMs(), false)) {
        add(memory);
      }
      rows.finish();
    }

    private void add(Iterator<StoredRow> from) {
      while (reading(from::hasNext)) {
        StoredRow row = reading(from::next);
        if (share.has(seen++ / RUN_ROWS)) {
          rows.add(row);
        }
      }
    }
  }

  private static @Nullable LateTruthTable lateTruths(View view, Scan scan) {
    boolean wanted =
        scan.wanted().stream()
            .anyMatch(
                one ->
                    one.field() instanceof Field.Truth || one.field() instanceof Field.TruthTimeMs);
    return wanted && view.hasLoose(scan.model()) ? LateTruthTable.of(view, scan.model()) : null;
  }
}
