package dev.sightline.quality.integrity;

import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.Sides;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What was found about the data of a window, broken things first.
///
/// @param reference its name
/// @param rows of the window
/// @param enough whether there were enough rows to judge
public record IntegrityReport(
    String reference, long referenceRows, long rows, boolean enough, List<Check> checks) {
  public IntegrityReport {
    checks = List.copyOf(checks);
  }

  /// @param nowMs by which the freshness counts
  /// @param lastMs when the last row came
  public static IntegrityReport of(
      String model, Sides sides, IntegrityRules rules, long nowMs, long lastMs) {
    Baseline reference = sides.reference();
    Baseline current = sides.current();
    boolean enough = current.rows() >= rules.minimumN();
    List<Check> checks = new ArrayList<>();
    if (enough) {
      FeatureChecks features = new FeatureChecks(reference, current);
      for (Baseline.Feature feature : reference.features().values()) {
        checks.addAll(features.of(feature, rules.of(model, feature.name())));
      }
      checks.addAll(RowChecks.of(reference, current));
    }
    checks.add(RowChecks.freshness(nowMs, lastMs));
    checks.sort(
        Comparator.comparing(Check::state)
            .reversed()
            .thenComparing(Check::kind)
            .thenComparing(Check::feature));
    return new IntegrityReport(sides.name(), reference.rows(), current.rows(), enough, checks);
  }
}
