package dev.sightline.quality.baseline;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.learn.WordRows;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The values of one feature in one window.
public sealed interface FeatureColumn {
  /// What rare words are counted under, once there are too many different ones.
  String OTHER = "(other)";

  /// Rows that have a value.
  long n();

  /// Rows that have none.
  long missing();

  /// All numbers.
  record Numbers(SortedColumn values, long missing) implements FeatureColumn {
    @Override
    public long n() {
      return values.n();
    }
  }

  /// Too many numbers to keep. References are shared by threads, and the library sorts sketches
  /// that are asked: ask a [#copy].
  record Sketched(NumberSketch sketch, long missing) implements FeatureColumn {
    /// The caller's own.
    public NumberSketch copy() {
      NumberSketch own = new NumberSketch(NumberSketch.DAY);
      synchronized (sketch) {
        own.merge(sketch);
      }
      return own;
    }

    @Override
    public long n() {
      return sketch.n();
    }
  }

  /// Lists of numbers of one length.
  ///
  /// @param sample of them, by row: all, where there are few
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Vectors(float[][] sample, long n, long missing) implements FeatureColumn {}

  /// Texts by their words.
  ///
  /// @param sample of them: all, where there are few
  record Sentences(WordRows sample, long n, long missing) implements FeatureColumn {}

  /// @param counts rows by word
  record Words(SortedMap<String, Long> counts, long missing) implements FeatureColumn {
    public Words {
      counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    @Override
    public long n() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
