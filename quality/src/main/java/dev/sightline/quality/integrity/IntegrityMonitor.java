package dev.sightline.quality.integrity;

import dev.sightline.model.label.Labels;
import dev.sightline.quality.baseline.Sides;
import dev.sightline.quality.integrity.Check.Kind;
import dev.sightline.quality.integrity.Check.State;
import dev.sightline.quality.monitor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Makes series of what is found about the data of models.
///
/// @param rules asked at each look
public record IntegrityMonitor(Supplier<IntegrityRules> rules) {
  /// Of one model and version.
  private static final int MOST_FEATURES = 100;

  /// @param labels of model and version
  public List<Finding> findings(Sides sides, Labels labels, long nowMs) {
    String model = String.valueOf(labels.get("model"));
    IntegrityReport report = IntegrityReport.of(model, sides, rules.get(), nowMs, nowMs);
    List<Finding> findings = new ArrayList<>();
    report.checks().stream()
        .filter(check -> check.kind() == Kind.MISSING)
        .limit(MOST_FEATURES)
        .forEach(check -> findings.add(of(labels, "model_missing_ratio", check)));
    report.checks().stream()
        .filter(check -> check.kind() == Kind.UNSEEN || check.kind() == Kind.RANGE)
        .limit(MOST_FEATURES)
        .forEach(
            check ->
                findings.add(
                    of(
                        labels,
                        check.kind() == Kind.UNSEEN
                            ? "model_unseen_ratio"
                            : "model_out_of_range_ratio",
                        check)));
    if (report.enough()) {
      findings.add(new Finding(labels.with("__name__", "model_data_problems"), problems(report)));
    }
    report.checks().stream()
        .filter(check -> check.state() == State.BROKEN)
        .limit(MOST_FEATURES)
        .forEach(
            check ->
                findings.add(
                    new Finding(
                        named(labels, "model_data_problem", check)
                            .with("check", check.kind().word()),
                        1)));
    return findings;
  }

  private static long problems(IntegrityReport report) {
    return report.checks().stream().filter(check -> check.state() == State.BROKEN).count();
  }

  private static Finding of(Labels labels, String name, Check check) {
    return new Finding(named(labels, name, check), check.value());
  }

  private static Labels named(Labels labels, String name, Check check) {
    return labels.with("__name__", name).with("feature", check.feature());
  }
}
