package dev.sightline.tsdb.record;

import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.ByteSink;
import java.util.function.Consumer;

/// Series on their way into a log, in records of a size at which a bad spot costs few of them.
///
/// Owned by one thread.
public final class SeriesRecords {
  static final int RECORD_BYTES = 256 * 1024;

  private final Consumer<byte[]> log;
  private final ByteSink sink = new ByteSink();

  /// @param log takes each record when it is full
  public SeriesRecords(Consumer<byte[]> log) {
    this.log = log;
  }

  public void add(long ref, Labels labels) {
    if (sink.size() == 0) {
      SeriesRecord.begin(sink);
    }
    SeriesRecord.add(sink, ref, labels);
    if (sink.size() >= RECORD_BYTES) {
      finish();
    }
  }

  /// Hands over what is left, if anything is.
  public void finish() {
    if (sink.size() > 0) {
      log.accept(sink.toArray());
      sink.clear();
    }
  }
}
