package dev.sightline.promql.eval;

import dev.sightline.model.query.Position;
import dev.sightline.promql.parse.Numbers;
import dev.sightline.promql.parse.Quoting;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is to be said beside the result, each text once. The words are Prometheus's.
final class Notes {
  private static final int MOST = 100;

  private final String query;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> infos = new LinkedHashSet<>();
  private final Map<Counted, Flattening> flattenings = new LinkedHashMap<>();
  private final Map<Counted, Integer> overlaps = new LinkedHashMap<>();

  /// A text that is said once for a place, with what is counted until then.
  private record Counted(String text, Position position) {}

  Notes(String query) {
    this.query = query;
  }

  List<String> warnings() {
    overlaps.forEach(
        (metric, count) ->
            warn(
                "sample has start time that overlaps with previous sample timestamp for metric "
                    + Quoting.quote(metric.text())
                    + (count > 1 ? " (" + count + " occurrences)" : ""),
                metric.position()));
    overlaps.clear();
    return List.copyOf(warnings);
  }

  List<String> infos() {
    flattenings.forEach(
        (said, flattening) -> inform(said.text() + flattening.text(), said.position()));
    flattenings.clear();
    return List.copyOf(infos);
  }

  /// `line:column` of a part of the query.
  String place(Position position) {
    return position.in(query);
  }

  void badQuantile(double quantile, Position position) {
    warn("quantile value should be between 0 and 1, got " + Numbers.format(quantile), position);
  }

  void badRatio(double ratio, double used, Position position) {
    warn(
        "ratio value should be between -1 and 1, got "
            + Numbers.format(ratio)
            + ", capping to "
            + Numbers.format(used),
        position);
  }

  void badBucketLabel(String metric, String le, Position position) {
    warn(
        "bucket label \"le\" is missing or has a malformed value of "
            + Quoting.quote(le)
            + named(metric),
        position);
  }

  void sortHasNoEffect(Position position) {
    warn(
        "sort is ineffective for range queries since results are always ordered by labels",
        position);
  }

  /// Says once for all steps by how much counts of buckets had to be lifted.
  void bucketsNotMonotonic(String metric, Position position, Flattening flattening) {
    String text =
        "input to histogram_quantile needed to be fixed for monotonicity (see"
            + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
            + named(metric);
    flattenings.merge(new Counted(text, position), flattening, Flattening::with);
  }

  void possiblyNoCounter(String metric, Position position) {
    inform(
        "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
            + Quoting.quote(metric),
        position);
  }

  void incompatibleTypes(String left, String operator, String right, Position position) {
    inform(
        "incompatible sample types encountered for binary operator "
            + Quoting.quote(operator)
            + ": "
            + String.join(" ", left, operator, right),
        position);
  }

  void incompatibleLayout(String operator, Position position) {
    warn("incompatible bucket layout encountered for binary operator " + operator, position);
  }

  void mixed(String metric, Position position) {
    warn(
        "encountered a mix of histograms and floats for metric name " + Quoting.quote(metric),
        position);
  }

  void mixedInAggregation(Position position) {
    warn("encountered a mix of histograms and floats for aggregation", position);
  }

  void mixedClassicAndNative(String metric, Position position) {
    warn("vector contains a mix of classic and native histograms" + named(metric), position);
  }

  void mixedSchemas(String metric, Position position) {
    warn(
        "vector contains a mix of histograms with exponential and custom buckets schemas for metric"
            + " name "
            + Quoting.quote(metric),
        position);
  }

  void notACounter(String metric, Position position) {
    warn("this native histogram metric is not a counter: " + Quoting.quote(metric), position);
  }

  void notAGauge(String metric, Position position) {
    warn("this native histogram metric is not a gauge: " + Quoting.quote(metric), position);
  }

  void resetsConflict(String operation, Position position) {
    warn("conflicting counter resets during histogram " + operation, position);
  }

  void startsOverlap(String metric, Position position) {
    overlaps.merge(new Counted(metric, position), 1, Integer::sum);
  }

  void boundsReconciled(String operation, Position position) {
    inform("mismatched custom buckets were reconciled during " + operation, position);
  }

  void ignoredInAggregation(String aggregation, Position position) {
    inform("ignored histogram in " + aggregation + " aggregation", position);
  }

  void ignoredInRange(String metric, Position position) {
    inform(
        "ignored histograms in a range containing both floats and histograms for metric name "
            + Quoting.quote(metric),
        position);
  }

  void quantileIsNaN(String metric, Position position) {
    inform(
        "input to histogram_quantile has NaN observations, result is NaN" + named(metric),
        position);
  }

  void quantileIsSkewed(String metric, Position position) {
    inform(
        "input to histogram_quantile has NaN observations, result is skewed higher" + named(metric),
        position);
  }

  void fractionWithoutNaNs(String metric, Position position) {
    inform(
        "input to histogram_fraction has NaN observations, which are excluded from all fractions"
            + named(metric),
        position);
  }

  private static String named(String metric) {
    return metric.isEmpty() ? "" : " for metric name " + Quoting.quote(metric);
  }

  private void warn(String text, Position position) {
    if (warnings.size() < MOST) {
      warnings.add("PromQL warning: " + text + " (" + position.in(query) + ")");
    }
  }

  private void inform(String text, Position position) {
    if (infos.size() < MOST) {
      infos.add("PromQL info: " + text + " (" + position.in(query) + ")");
    }
  }
}
