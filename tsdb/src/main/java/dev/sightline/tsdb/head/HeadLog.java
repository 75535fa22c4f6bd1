package dev.sightline.tsdb.head;

import dev.sightline.storage.wal.WriteAheadLog;
import java.util.ArrayList;
import java.util.List;

/// The two logs of the head: one as Prometheus writes it, and one of series alone.
///
/// Every new series is in both, so that one lost record orphans no samples.
///
/// @param all series and samples, in `wal`
/// @param series outside of Prometheus's directory
public record HeadLog(WriteAheadLog all, WriteAheadLog series) implements AutoCloseable {
  /// Where in the two logs a batch ends.
  record Position(long all, long series) {}

  /// @throws dev.sightline.model.store.StoreUnavailableException if nothing can be kept now
  Position append(List<byte[]> newSeries, List<byte[]> samples) {
    long seriesEnd = newSeries.isEmpty() ? 0 : series.append(newSeries);
    List<byte[]> records = new ArrayList<>(newSeries);
    records.addAll(samples);
    long end = records.isEmpty() ? 0 : all.append(records);
    return new Position(end, seriesEnd);
  }

  /// Returns when everything before would survive a power cut.
  void sync(Position position) {
    series.sync(position.series());
    all.sync(position.all());
  }

  @Override
  public void close() {
    all.close();
    series.close();
  }
}
