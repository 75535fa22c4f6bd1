package dev.sightline.model.series;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.util.List;

/// Reads series: the port through which languages and pages see every store of metrics.
///
/// Ranges include both ends. Matchers are combined by "and"; none at all means every series. Safe
/// for any number of threads; a reader sees each acknowledged sample, and never half of a batch
/// within one series.
public interface SeriesSource {
  /// The series that satisfy all matchers and may hold samples in the range, sorted by labels.
  ///
  /// @throws dev.sightline.model.query.QueryException.LimitExceeded if there are more than the
  ///   store allows
  Selection select(List<Matcher> matchers, long startMs, long endMs);

  /// The label sets of the series that satisfy all matchers in the range, sorted.
  List<Labels> series(List<Matcher> matchers, long startMs, long endMs);

  /// The names of labels of such series, sorted.
  List<String> labelNames(List<Matcher> matchers, long startMs, long endMs);

  /// The values that one label takes among such series, sorted.
  List<String> labelValues(String name, List<Matcher> matchers, long startMs, long endMs);

  /// What a selection found. Holds the data in place until it is closed.
  interface Selection extends AutoCloseable {
    /// Sorted by labels; different elements may be read by different threads.
    List<? extends SelectedSeries> series();

    @Override
    void close();
  }

  /// One series of a selection.
  interface SelectedSeries {
    Labels labels();

    /// Adds the samples in the selection's range to `into`, in rising order of time, staleness
    /// markers included.
    void read(SampleColumns into);
  }
}
