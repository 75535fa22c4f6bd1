package dev.sightline.tsdb.head;

import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.wal.WriteAheadLog;
import dev.sightline.tsdb.record.SeriesRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shortens both logs of a head that has been truncated.
///
/// @param aliases as [HeadReplay.State] has them
public record LogShortening(Head head, Checkpoint checkpoint, Map<Long, Long> aliases) {
  private static final Logger LOG = LoggerFactory.getLogger(LogShortening.class);
  private static final int RECORD_BYTES = 256 * 1024;

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
    List<byte[]> records = new ArrayList<>();
    ByteSink sink = new ByteSink(RECORD_BYTES);
    SeriesRecord.begin(sink);
    for (Head.LoggedSeries series : head.loggedSeries()) {
      SeriesRecord.add(sink, series.ref(), series.labels());
      if (sink.size() > RECORD_BYTES) {
        records.add(sink.toArray());
        SeriesRecord.begin(sink);
      }
    }
    records.add(sink.toArray());
    log.sync(log.append(records));
    log.deleteFilesBelow(fresh);
  }
}
