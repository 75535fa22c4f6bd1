package dev.sightline.promql.eval;

import dev.sightline.model.query.Position;
import dev.sightline.promql.parse.Numbers;
import dev.sightline.promql.parse.Quoting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What is to be said beside the result, each text once. The words are Prometheus's.
final class Notes {
  private static final int MOST = 100;

  private final String query;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> infos = new LinkedHashSet<>();

  Notes(String query) {
    this.query = query;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  List<String> infos() {
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
            + " for metric name "
            + Quoting.quote(metric),
        position);
  }

  void sortHasNoEffect(Position position) {
    warn(
        "sort is ineffective for range queries since results are always ordered by labels",
        position);
  }

  void bucketsNotMonotonic(String metric, Position position) {
    inform(
        "input to histogram_quantile needed to be fixed for monotonicity (see"
            + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
            + " for metric name "
            + Quoting.quote(metric),
        position);
  }

  void possiblyNoCounter(String metric, Position position) {
    inform(
        "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
            + Quoting.quote(metric),
        position);
  }

  void notForFloats(String operation, Position position) {
    inform("incompatible sample types encountered for binary operator " + operation, position);
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
