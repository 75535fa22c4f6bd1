package dev.sightline.logstore.head;

import dev.sightline.logstore.index.StreamIndex;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.logstore.record.LinesRecord;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// The lines in memory: those that are in the log and in no block yet.
///
/// One thread at a time adds, under the store's lock; any number read meanwhile.
public final class Head {
  /// What a stream costs besides its labels' texts.
  private static final int STREAM_BYTES = 600;

  private static final int RECORD_BYTES = 32;
  private static final long DAY_NS = 86_400_000_000_000L;

  private final long firstSequence;

  // guarded by this; changed by the one thread that adds, which may read without it
  private final HeadLines lines = new HeadLines();
  private final Identities identities = new Identities();
  private final StreamIndex index = new StreamIndex();
  private final List<HeadStream> streams = new ArrayList<>();
  private long bytes;
  private long firstArrivalMs = Long.MAX_VALUE;
  private long newestNs = Long.MIN_VALUE;

  /// @param firstSequence no line in here has a lower number
  public Head(long firstSequence) {
    this.firstSequence = firstSequence;
  }

  public long firstSequence() {
    return firstSequence;
  }

  /// Which lines of a record are here already.
  public BitSet repeated(LinesRecord record) {
    int[] numbers = record.streams().stream().mapToInt(index::find).toArray();
    BitSet repeated = new BitSet();
    for (int row = 0; row < record.size(); row++) {
      int number = numbers[record.stream(row)];
      if (number >= 0
          && record.timestampNs(row) <= streams.get(number).maxNs()
          && contains(record, row, number)) {
        repeated.set(row);
      }
    }
    return repeated;
  }

  private boolean contains(LinesRecord record, int row, int number) {
    return identities.contains(
        lines,
        record.identity(row),
        line -> lines.stream(line) == number && lines.isEqual(line, record, row));
  }

  /// Takes lines that are not here yet, and keeps the bytes of their record.
  ///
  /// @param wanted which rows of the record
  public synchronized void add(LinesRecord record, IntPredicate wanted) {
    lines.keep(record.bytes());
    HeadStream[] known = new HeadStream[record.streams().size()];
    int[] numbers = new int[known.length];
    int before = lines.size();
    for (int row = 0; row < record.size(); row++) {
      if (wanted.test(row)) {
        int ofRecord = record.stream(row);
        if (known[ofRecord] == null) {
          numbers[ofRecord] = number(record.streams().get(ofRecord));
          known[ofRecord] = streams.get(numbers[ofRecord]);
        }
        long timestampNs = record.timestampNs(row);
        int line = lines.add(record, row, numbers[ofRecord]);
        known[ofRecord].add(line, timestampNs);
        identities.add(lines, line);
        newestNs = Math.max(newestNs, timestampNs);
      }
    }
    bytes +=
        RECORD_BYTES
            + record.bytes().length
            + (long) HeadLines.OVERHEAD_BYTES * (lines.size() - before);
    firstArrivalMs = Math.min(firstArrivalMs, record.arrivalMs());
  }

  private int number(Labels labels) {
    int number = index.find(labels);
    if (number >= 0) {
      return number;
    }
    streams.add(new HeadStream(labels));
    bytes += STREAM_BYTES + 2L * labels.toString().length();
    return index.add(labels);
  }

  /// The streams that satisfy all matchers and may hold lines in the range, as they are now.
  public synchronized List<StreamPart> select(List<Matcher> matchers, long startNs, long endNs) {
    List<StreamPart> found = new ArrayList<>();
    HeadLines.View view = lines.view();
    BitSet selected = index.select(matchers);
    for (int i = selected.nextSetBit(0); i >= 0; i = selected.nextSetBit(i + 1)) {
      HeadStream stream = streams.get(i);
      if (stream.overlaps(startNs, endNs)) {
        found.add(stream.part(view));
      }
    }
    return found;
  }

  /// The days (UTC, counted from 1970) that lines are of, rising.
  public synchronized Set<Long> days() {
    Set<Long> days = new TreeSet<>();
    long known = Long.MIN_VALUE;
    for (int line = 0; line < lines.size(); line++) {
      long day = Math.floorDiv(lines.timestampNs(line), DAY_NS);
      if (day != known) {
        days.add(day);
        known = day;
      }
    }
    return days;
  }

  /// Memory taken.
  public synchronized long bytes() {
    return bytes;
  }

  public synchronized int lineCount() {
    return lines.size();
  }

  public synchronized int streamCount() {
    return streams.size();
  }

  public boolean isEmpty() {
    return lineCount() == 0;
  }

  /// When the first of the lines arrived, in Unix milliseconds; the greatest number if there are
  /// none.
  public synchronized long firstArrivalMs() {
    return firstArrivalMs;
  }

  /// The latest time of a line, the least number if there are none.
  public synchronized long newestNs() {
    return newestNs;
  }
}
