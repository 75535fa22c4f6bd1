package dev.sightline.quality.estimate;

import dev.sightline.model.label.Labels;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.monitor.Finding;
import dev.sightline.quality.monitor.Freshness;
import dev.sightline.quality.monitor.ModelMonitor;
import dev.sightline.quality.performance.ScoreOptions;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.measure.Interval;
import dev.sightline.stats.measure.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes series of how well every model probably does, and of how wrong that was.
public final class EstimateMonitor implements ModelMonitor {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final WindowBaselines windows;
  private final EstimateQueries queries;
  private final Supplier<ScoreOptions> options;
  private final Supplier<Set<EstimateMethod>> methods;
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

  /// @param options which windows are measured; asked at each look
  /// @param methods by which classifiers are estimated: CBPE, PAPE or both
  public EstimateMonitor(
      WindowBaselines windows,
      EstimateQueries queries,
      Supplier<ScoreOptions> options,
      Supplier<Set<EstimateMethod>> methods,
      Clock clock) {
    this.windows = windows;
    this.queries = queries;
    this.options = options;
    this.methods = methods;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "estimates";
  }

  @Override
  public void retain(List<String> models) {
    known.keySet().retainAll(models);
  }

  @Override
  public List<Finding> look(ModelSummary model, long nowMs) {
    Known before = known.computeIfAbsent(model.name(), _ -> new Known(clock));
    ScoreOptions now = options.get();
    List<Object> settings = List.of(now, methods.get());
    if (before.freshness.isDue(model, settings)) {
      long startNs = clock.monotonicNs();
      before.findings = List.of();
      List<Finding> findings = new ArrayList<>();
      now.windows()
          .forEach((name, length) -> findings.addAll(of(model.name(), name, length, now, nowMs)));
      before.findings = List.copyOf(findings);
      before.freshness.made(model, settings, startNs);
    }
    return before.findings;
  }

  private List<Finding> of(
      String model, String name, Duration length, ScoreOptions now, long nowMs) {
    Window window = new Window(nowMs - length.toMillis(), nowMs + 1, false);
    List<Finding> findings = new ArrayList<>();
    for (String version : windows.versions(model, window)) {
      Labels labels = Labels.of(Map.of("model", model, "version", version, "window", name));
      Selection selection = WindowBaselines.selection(model, version, window);
      Set<EstimateMethod> asked = methods.get();
      if (asked.contains(EstimateMethod.CBPE)) {
        findings.addAll(of(selection, null, labels, now));
      }
      if (asked.contains(EstimateMethod.PAPE)) {
        Labels weighed = labels.with("method", EstimateMethod.PAPE.word());
        findings.addAll(of(selection, EstimateMethod.PAPE, weighed, now));
      }
    }
    return findings;
  }

  /// @param method null for the usual one
  private List<Finding> of(
      Selection selection, @Nullable EstimateMethod method, Labels labels, ScoreOptions now) {
    try {
      Deadline deadline = Deadline.in(LONGEST, clock);
      return of(queries.estimate(selection, method, now.minimumN(), deadline), labels);
    } catch (QueryException.Failed _) {
      // Labels only, or too few of them: there is no estimate, which the API says in words.
      return List.of();
    }
  }

  private static List<Finding> of(Estimates estimates, Labels labels) {
    List<Finding> findings = new ArrayList<>();
    Estimates.OfWindow whole = estimates.windows().getFirst();
    whole
        .estimated()
        .forEach(
            (measure, value) -> {
              if (value instanceof Measured.Known(double estimate, long _, Interval interval)) {
                String name = "model_estimated_" + measure;
                findings.add(finding(labels, name, estimate));
                if (interval != null) {
                  findings.add(finding(labels, name + "_low", interval.low()));
                  findings.add(finding(labels, name + "_high", interval.high()));
                }
              }
            });
    whole
        .errors()
        .forEach(
            (measure, error) ->
                findings.add(
                    finding(labels.with("measure", measure), "model_estimate_error", error)));
    return findings;
  }

  private static Finding finding(Labels labels, String name, double value) {
    return new Finding(labels.with("__name__", name), value);
  }
}
