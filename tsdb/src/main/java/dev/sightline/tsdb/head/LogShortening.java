package dev.sightline.tsdb.head;

import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.wal.WriteAheadLog;
import dev.sightline.tsdb.record.SeriesRecords;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shortens both logs of a head that has been truncated.
///
/// @param aliases as [HeadReplay.State] has them
public record LogShortening(Head head, Checkpoint checkpoint, Map<Long, Long> aliases) {
  private static final Logger LOG = LoggerFactory.getLogger(LogShortening.class);

  /// A disk that refuses leaves the logs as long as they are, until the next time.
  public void run() {
    try {
      checkpoint.advance(head, aliases);
      rewriteSeries(head.log().series());
    } catch (StoreUnavailableException | StorageException failure) {
      LOG.warn("the log could not be shortened", failure);
    }
  }

  /// Writes the series that are there to a new file, and deletes those before it.
  private void rewriteSeries(WriteAheadLog log) {
    int fresh = log.startFile();
    SeriesRecords records = new SeriesRecords(record -> log.append(List.of(record)));
    head.loggedSeries(aliases).forEach(series -> records.add(series.ref(), series.labels()));
    records.finish();
    log.sync(log.append(List.of()));
    log.deleteFilesBelow(fresh);
  }
}
