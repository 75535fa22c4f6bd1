package dev.sightline.quality.watch;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.Sides;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.drift.Against;
import dev.sightline.quality.drift.DriftOptions;
import dev.sightline.quality.drift.DriftQueries;
import dev.sightline.quality.drift.DriftReport;
import dev.sightline.quality.drift.DriftRules;
import dev.sightline.quality.drift.FeatureDrift;
import dev.sightline.quality.drift.References;
import dev.sightline.quality.estimate.EstimateQueries;
import dev.sightline.quality.estimate.Estimates;
import dev.sightline.quality.inputs.Together;
import dev.sightline.quality.integrity.Check;
import dev.sightline.quality.integrity.IntegrityReport;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.performance.MeasureRules;
import dev.sightline.quality.performance.MeasureVariants;
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.quality.performance.WindowScores;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.drift.DatasetDrift;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.Limit;
import dev.sightline.stats.drift.Thresholds;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.Measured;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds the values that monitors look at, out of the rows. Used by one thread, for one round: what
/// two monitors need is found once.
public final class Readings {
  private static final double HOUR_MS = 3_600_000;

  private final Parts parts;
  private final Deadline deadline;
  private final ColumnReadings columns;
  private final Map<List<Object>, Object> found = new HashMap<>();

  /// What answers.
  ///
  /// @param options asked each time, as are `rules`
  public record Parts(
      PredictionColumns columns,
      PredictionSource source,
      WindowBaselines baselines,
      References references,
      DriftQueries drift,
      PerformanceQueries performance,
      EstimateQueries estimates,
      Supplier<DriftOptions> options,
      Supplier<IntegrityRules> rules) {}

  Readings(Parts parts, Deadline deadline) {
    this.parts = parts;
    this.deadline = deadline;
    this.columns = new ColumnReadings(parts, deadline);
  }

  Reading of(Monitor monitor, Window window) {
    try {
      Reading reading = found(monitor, window);
      return monitor.target() instanceof Target.Rows
          ? reading
          : reading.atLeast(monitor.minimumN());
    } catch (QueryException.Failed | QueryException.LimitExceeded none) {
      return Reading.failed(String.valueOf(none.getMessage()));
    }
  }

  private Reading found(Monitor monitor, Window window) {
    Selection selection = monitor.selection(window);
    return switch (monitor.target()) {
      case Target.Rows rows -> rows(rows, selection);
      case Target.Column column -> columns.of(column, selection);
      case Target.Listed(String feature) when monitor.judge() instanceof Judge.Listing listing ->
          columns.listed(feature, listing, selection);
      case Target.Drift(String feature) -> drift(monitor, feature, selection);
      case Target.Quality(Check.Kind kind, String feature) ->
          quality(kind, feature, selection, window);
      case Target.Score(String measure) -> score(measure, monitor, selection);
      case Target.Together _ -> together(selection, false);
      case Target.Lost _ -> together(selection, true);
      case Target.Estimated estimated -> estimate(estimated, monitor, selection);
      case Target.Listed _, Target.Values _, Target.Others _ ->
          Reading.failed("it has no value of its own");
    };
  }

  private Reading rows(Target.Rows target, Selection selection) {
    if (target.measure().equals("freshness")) {
      return freshness(selection);
    }
    RowScan scan = new RowScan(selection, deadline);
    int truths = scan.numbers(new Field.TruthTimeMs());
    long[] counts = new long[2];
    scan.run(
        parts.columns(),
        new RowScan.Visitor() {
          private double[] times = {};

          @Override
          public void begin(Batch batch) {
            times = RowScan.numbers(batch, truths);
          }

          @Override
          public void row(int window, int row) {
            counts[0]++;
            counts[1] += Double.isNaN(times[row]) ? 0 : 1;
          }
        });
    double hours = (selection.windows().endMs() - selection.windows().startMs()) / HOUR_MS;
    return switch (target.measure()) {
      case "rows" -> Reading.of(counts[0], (double) counts[0]);
      case "rows_per_hour" -> Reading.of(counts[0], counts[0] / hours);
      default ->
          counts[0] == 0
              ? Reading.notEnough(0, "there are no rows")
              : Reading.of(counts[0], (double) counts[1] / counts[0]);
    };
  }

  /// Seconds from the last row to the end of the window.
  private Reading freshness(Selection selection) {
    long endMs = selection.windows().endMs();
    Query newest =
        new Query(selection.model(), Long.MIN_VALUE / 4, endMs, selection.version(), true, 1, null);
    List<Labelled> rows = parts.source().list(newest).predictions();
    return rows.isEmpty()
        ? Reading.notEnough(0, "there are no rows")
        : Reading.of(1, (endMs - rows.getFirst().prediction().timeMs()) / 1e3);
  }

  private Reading drift(Monitor monitor, String feature, Selection selection) {
    Judge.Drifted judge =
        monitor.judge() instanceof Judge.Drifted drifted
            ? drifted
            : new Judge.Drifted(null, null, "");
    Against against = against(judge.reference());
    if (against instanceof Against.Usual
        && parts.references().usualIfAny(monitor.model(), deadline) == null) {
      return Reading.notEnough(0, "there is no reference yet");
    }
    DriftRules rules =
        parts.options().get().rules(monitor.model()).withMinimum(Math.max(2, monitor.minimumN()));
    String method = judge.method();
    DriftRules chosen =
        method == null
            ? rules
            : rules.with(new DriftRules.Chosen(DriftRules.method(method), judge.threshold()));
    DriftReport report =
        once(
            List.of("drift", selection, against, chosen),
            DriftReport.class,
            () -> parts.drift().drift(selection, against, chosen, deadline));
    if (feature.isEmpty()) {
      return ofInputs(report);
    }
    return report.features().stream()
        .filter(one -> one.name().equals(feature))
        .findFirst()
        .map(one -> ofFeature(one, report.nCurrent()))
        .orElseGet(
            () -> Reading.failed("the reference has no feature \"" + feature + "\" to compare"));
  }

  private Reading together(Selection selection, boolean lost) {
    if (parts.references().usualIfAny(selection.model(), deadline) == null) {
      return Reading.notEnough(0, "there is no reference yet");
    }
    Together found =
        once(
            List.of("together", selection),
            Together.class,
            () -> parts.drift().together(selection, new Against.Usual(), deadline));
    Together.Lost error = found.lost();
    if (lost && error == null) {
      return Reading.notEnough(found.nCurrent(), "the model has fewer than two inputs");
    }
    return lost && error != null ? ofLost(found, error) : Reading.of(found.nCurrent(), found.auc());
  }

  /// With the limits that windows of the reference gave, for judges that have none of their own.
  private static Reading ofLost(Together found, Together.Lost lost) {
    Thresholds limits = lost.limits();
    if (limits == null) {
      return Reading.of(found.nCurrent(), lost.error());
    }
    Double lower = limits.lower();
    Double upper = limits.upper();
    return Reading.of(
        found.nCurrent(),
        lost.error(),
        new Reading.OwnRule(
            lower == null ? Double.NaN : lower,
            upper == null ? Double.NaN : upper,
            lost.hasDrifted() ? Outcome.State.BROKEN : Outcome.State.OK));
  }

  static Against against(String reference) {
    return switch (reference) {
      case "" -> new Against.Usual();
      case "previous" -> new Against.Previous();
      case "same_weekday" -> new Against.SameWeekday();
      default -> new Against.Named(reference);
    };
  }

  private static Reading ofInputs(DriftReport report) {
    DatasetDrift inputs = report.inputs();
    if (inputs.judged() == 0) {
      return Reading.notEnough(report.nCurrent(), "no input has enough rows to be compared");
    }
    Outcome.State state = inputs.hasDrifted() ? Outcome.State.BROKEN : Outcome.State.OK;
    return Reading.of(
        report.nCurrent(), inputs.share(), new Reading.OwnRule(Double.NaN, inputs.limit(), state));
  }

  private static Reading ofFeature(FeatureDrift feature, long rows) {
    return switch (feature.outcome()) {
      case DriftScore score -> {
        Limit limit = score.limit();
        boolean above = limit.side() == Limit.Side.ABOVE || limit.side() == Limit.Side.AT_LEAST;
        Outcome.State state =
            feature.hasDrifted()
                ? Outcome.State.BROKEN
                : feature.isToWatch() ? Outcome.State.WATCH : Outcome.State.OK;
        yield Reading.of(
            score.nCurrent(),
            score.score(),
            new Reading.OwnRule(
                above ? Double.NaN : limit.drift(), above ? limit.drift() : Double.NaN, state));
      }
      case DriftOutcome.NotEnough(long reference, long current, long needed) ->
          Reading.notEnough(
              current,
              reference + " rows in the reference and " + current + " now, " + needed + " needed");
      case DriftOutcome.NotApplicable(var method, String why) ->
          new Reading(rows, Double.NaN, null, method.id() + ": " + why, true);
    };
  }

  private Reading quality(Check.Kind kind, String feature, Selection selection, Window window) {
    if (parts.references().usualIfAny(selection.model(), deadline) == null) {
      return Reading.notEnough(0, "there is no reference yet");
    }
    IntegrityReport report =
        once(
            List.of("quality", selection),
            IntegrityReport.class,
            () -> {
              Sides sides = parts.drift().sides(selection, new Against.Usual(), deadline);
              return IntegrityReport.of(
                  selection.model(), sides, parts.rules().get(), window.endMs(), window.endMs());
            });
    if (!report.enough()) {
      return Reading.notEnough(report.rows(), report.rows() + " rows are too few");
    }
    return report.checks().stream()
        .filter(check -> check.kind() == kind && check.feature().equals(feature))
        .findFirst()
        .map(check -> Reading.of(report.rows(), check.value()))
        .orElseGet(() -> Reading.failed(kind.word() + " is not looked at in \"" + feature + "\""));
  }

  private Reading score(String measure, Monitor monitor, Selection selection) {
    MeasureRules rules =
        new MeasureRules(Averaging.MACRO, monitor.minimumN(), null, MeasureVariants.USUAL);
    WindowScores scores =
        once(
            List.of("scores", selection, monitor.minimumN()),
            WindowScores.class,
            () -> parts.performance().performance(selection, rules, deadline).windows().getFirst());
    if (scores.labelled() == 0) {
      return Reading.notEnough(0, "no truth is known yet");
    }
    Measured measured = scores.measures().get(measure);
    return measured == null
        ? Reading.failed(
            "there is no measure \""
                + measure
                + "\"; there are "
                + String.join(", ", scores.measures().keySet()))
        : measured(measured);
  }

  private static Reading measured(Measured measured) {
    return switch (measured) {
      case Measured.Known(double value, long n, var _) -> Reading.of(n, value);
      case Measured.NotEnough(long n, long needed) ->
          Reading.notEnough(n, n + " labelled rows, " + needed + " needed");
      case Measured.Undefined(long n, String why) -> Reading.notEnough(n, why);
    };
  }

  private Reading estimate(Target.Estimated target, Monitor monitor, Selection selection) {
    Estimates.OfWindow window;
    try {
      window =
          once(
              List.of("estimates", selection, monitor.minimumN()),
              Estimates.OfWindow.class,
              () ->
                  parts
                      .estimates()
                      .estimate(selection, monitor.minimumN(), deadline)
                      .windows()
                      .getFirst());
    } catch (QueryException.Failed none) {
      return Reading.notEnough(0, String.valueOf(none.getMessage()));
    }
    if (target.error()) {
      Double error = window.errors().get(target.of());
      return error == null
          ? Reading.notEnough(window.labelled(), "too few truths are known yet")
          : Reading.of(window.labelled(), error);
    }
    Measured measured = window.estimated().get(target.of());
    return measured == null
        ? Reading.failed("\"" + target.of() + "\" is not estimated")
        : measured(measured);
  }

  private <T> T once(List<Object> key, Class<T> type, Supplier<T> find) {
    Object known = found.get(key);
    if (known == null) {
      known = find.get();
      found.put(key, known);
    }
    return type.cast(known);
  }

  /// The values of one feature in the order of time; for detectors of streams.
  double @Nullable [] values(Monitor monitor, String feature, Window window) {
    return columns.values(feature, monitor.selection(window));
  }

  Deadline deadline() {
    return deadline;
  }

  ColumnReadings columns() {
    return columns;
  }
}
