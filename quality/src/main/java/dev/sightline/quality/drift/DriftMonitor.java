package dev.sightline.quality.drift;

import dev.sightline.model.label.Labels;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.baseline.Sides;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.integrity.IntegrityMonitor;
import dev.sightline.quality.monitor.Finding;
import dev.sightline.quality.monitor.Freshness;
import dev.sightline.quality.monitor.ModelMonitor;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.SegmentValues;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.drift.DatasetDrift;
import dev.sightline.stats.drift.DriftScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Compares what every model sees now with its reference, all the time.
///
/// The same summaries of rows tell how good the data is, which [IntegrityMonitor] looks at.
public final class DriftMonitor implements ModelMonitor {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// Of one model and version.
  private static final int MOST_FEATURES = 100;

  /// Of one way to make segments.
  private static final int MOST_SEGMENTS = 20;

  /// Of one segment.
  private static final int MOST_OF_A_SEGMENT = 10;

  private final WindowBaselines windows;
  private final References references;
  private final DriftQueries queries;
  private final IntegrityMonitor integrity;
  private final Supplier<DriftOptions> options;
  private final Supplier<Map<String, List<SegmentBy>>> segments;
  private final Clock clock;
  private final Map<String, Known> known = new HashMap<>();

  /// What was found of a model when it was last looked at.
  private static final class Known {
    private final Freshness freshness;
    private List<Finding> findings = List.of();

    Known(Clock clock) {
      freshness = new Freshness(clock);
    }
  }

  /// @param options asked at each look
  /// @param segments of models that have series of their own, by name
  public DriftMonitor(
      WindowBaselines windows,
      References references,
      IntegrityMonitor integrity,
      Supplier<DriftOptions> options,
      Supplier<Map<String, List<SegmentBy>>> segments,
      Clock clock) {
    this.windows = windows;
    this.references = references;
    this.queries = new DriftQueries(windows, references, options);
    this.integrity = integrity;
    this.options = options;
    this.segments = segments;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public void retain(List<String> models) {
    known.keySet().retainAll(models);
  }

  @Override
  public List<Finding> look(ModelSummary model, long nowMs) {
    Known before = known.computeIfAbsent(model.name(), _ -> new Known(clock));
    Deadline deadline = Deadline.in(LONGEST, clock);
    DriftOptions now = options.get();
    Reference reference = references.usualIfAny(model.name(), deadline);
    List<Object> settings =
        List.of(
            now,
            reference == null ? "" : reference.madeMs(),
            segments.get().getOrDefault(model.name(), List.of()));
    if (before.freshness.isDue(model, settings)) {
      long startNs = clock.monotonicNs();
      before.findings = List.of();
      before.findings = findings(model.name(), reference, now, nowMs, deadline);
      before.freshness.made(model, settings, startNs);
    }
    return before.findings;
  }

  private List<Finding> findings(
      String model,
      @Nullable Reference reference,
      DriftOptions now,
      long nowMs,
      Deadline deadline) {
    if (reference == null) {
      return List.of();
    }
    long startMs = nowMs - now.window().toMillis();
    // The first rows are not compared with themselves.
    boolean first = reference.name().equals(Reference.FIRST);
    long fromMs = first ? Math.max(startMs, reference.baseline().endMs()) : startMs;
    if (fromMs > nowMs) {
      return List.of();
    }
    Window window = new Window(fromMs, nowMs + 1, false);
    List<Finding> findings = new ArrayList<>();
    for (String version : windows.versions(model, window)) {
      Selection selection = WindowBaselines.selection(model, version, window);
      Sides sides =
          new Sides(
              reference.name(),
              reference.baseline(),
              windows.current(selection, reference.baseline(), deadline));
      Labels labels = Labels.of(Map.of("model", model, "version", version));
      findings.addAll(
          of(queries.report(selection, sides, now.rules(model), false), labels, MOST_FEATURES));
      findings.addAll(integrity.findings(sides, labels, nowMs));
      if (!reference.baseline().isFromFile()) {
        findings.addAll(ofSegments(selection, reference.name(), now, labels, deadline));
      }
    }
    return findings;
  }

  /// Each of the most frequent segments against the same segment of the reference's rows.
  private List<Finding> ofSegments(
      Selection selection, String reference, DriftOptions now, Labels labels, Deadline deadline) {
    List<Finding> findings = new ArrayList<>();
    for (SegmentBy by : segments.get().getOrDefault(selection.model(), List.of())) {
      for (SegmentValues.One one :
          SegmentValues.of(windows.columns(), selection, by, MOST_SEGMENTS, deadline)) {
        Selection segment =
            new Selection(
                selection.model(),
                selection.version(),
                one.conditions(),
                selection.windows(),
                selection.timeOf());
        DriftReport report =
            queries.plain(
                segment, new Against.Named(reference), now.rules(selection.model()), deadline);
        findings.addAll(of(report, labels.with("segment", one.text()), MOST_OF_A_SEGMENT));
      }
    }
    return findings;
  }

  private static List<Finding> of(DriftReport report, Labels labels, int most) {
    List<Finding> findings = new ArrayList<>();
    DatasetDrift inputs = report.inputs();
    if (inputs.judged() > 0) {
      findings.add(finding(labels, "model_drift_share", inputs.share()));
      findings.add(finding(labels, "model_drifted_features", (double) drifted(report)));
    }
    report.features().stream()
        .filter(feature -> feature.outcome() instanceof DriftScore)
        .limit(most)
        .forEach(feature -> add(findings, feature, labels));
    return findings;
  }

  private static long drifted(DriftReport report) {
    return report.features().stream().filter(FeatureDrift::hasDrifted).count();
  }

  private static void add(List<Finding> findings, FeatureDrift feature, Labels labels) {
    if (feature.outcome() instanceof DriftScore score && Double.isFinite(score.score())) {
      Labels ofFeature = labels.with("feature", feature.name()).with("method", score.method().id());
      findings.add(finding(ofFeature, "model_drift_score", score.score()));
      findings.add(finding(ofFeature, "model_drift_verdict", verdict(feature)));
      Evidence evidence = feature.evidence();
      if (evidence != null) {
        Labels plain = labels.with("feature", feature.name());
        findings.add(finding(plain, "model_drift_effect", evidence.effect()));
      }
    }
  }

  /// 0 for stable, 1 for worth a look, 2 for drifted.
  private static int verdict(FeatureDrift feature) {
    return feature.hasDrifted() ? 2 : feature.isToWatch() ? 1 : 0;
  }

  private static Finding finding(Labels labels, String name, double value) {
    return new Finding(labels.with("__name__", name), value);
  }
}
