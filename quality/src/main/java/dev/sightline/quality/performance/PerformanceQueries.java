package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.BusinessValue;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers how well a model did. Safe for any number of threads; runs on the caller's.
public final class PerformanceQueries {
  /// Among how many segments room for rows is shared: there may be more or fewer.
  private static final int EXPECTED_SEGMENTS = 200;

  private final PredictionColumns columns;
  private final PredictionSource source;
  private final Supplier<Map<String, String>> tasks;

  /// @param tasks of the models that are configured now, by name: `classification`, `regression` or
  ///   empty
  public PerformanceQueries(
      PredictionColumns columns, PredictionSource source, Supplier<Map<String, String>> tasks) {
    this.columns = columns;
    this.source = source;
    this.tasks = tasks;
  }

  /// Every measure of every window.
  ///
  /// @throws QueryException if there is no answer
  public Performance performance(Selection selection, MeasureRules rules, Deadline deadline) {
    ModelShape shape = shape(selection);
    List<Window> windows = selection.windows().list();
    return switch (shape.task()) {
      case CLASSIFICATION ->
          ClassReports.of(
              classes(selection, shape.scores(), Grouping.byWindow(), windows.size(), deadline),
              rules,
              windows);
      case REGRESSION -> {
        NumberPass pass =
            new NumberPass(new RowScan(selection, deadline), Grouping.byWindow(), windows.size());
        pass.run(columns);
        yield NumberReports.of(pass, rules.minimumN(), windows);
      }
    };
  }

  /// What thresholds on the probability of one class would decide.
  ///
  /// @param oneClass null for the positive one
  /// @param value null where nobody said what decisions are worth
  /// @throws QueryException if there is no answer, such as where no scores were sent
  public Curves curves(
      Selection selection,
      @Nullable String oneClass,
      @Nullable BusinessValue value,
      Deadline deadline) {
    ModelShape shape = shape(selection);
    if (shape.task() == Task.REGRESSION) {
      throw new QueryException.Failed("a model of numbers has no thresholds");
    }
    ClassPass pass = classes(selection, shape.scores(), Grouping.byWindow(), 1, deadline);
    ClassTable table = ClassTable.of(pass, 1).getFirst();
    if (!table.hasProbabilities()) {
      throw new QueryException.Failed(
          table.counts().n() == 0
              ? "there are no labelled rows"
              : "labels only: thresholds and calibration need probabilities");
    }
    MeasureRules rules = new MeasureRules(Averaging.MACRO, 1, oneClass, MeasureRules.USUAL_BETA);
    String positive = ClassReports.positive(rules, table.classes());
    String shown = positive == null ? table.classes().getLast() : positive;
    return Curves.of(table, table.classes().indexOf(shown), value);
  }

  /// One measure of each segment.
  ///
  /// @param by features or tags, whose values together make a segment
  /// @param limit of segments that are listed
  /// @throws QueryException if there is no answer
  public Segments segments(
      Selection selection,
      MeasureRules rules,
      List<String> by,
      String measure,
      int limit,
      Deadline deadline) {
    ModelShape shape = shape(selection);
    String name = MeasureNames.checked(measure, shape.task(), rules.beta());
    RowScan scan = new RowScan(selection, deadline);
    SegmentGrouping grouping = grouping(scan, selection, by, deadline);
    SegmentReport report = new SegmentReport(name, limit, grouping);
    return switch (shape.task()) {
      case CLASSIFICATION -> {
        // Scores of many segments share little room: only those that are asked for are kept.
        ScoreColumns scores =
            MeasureNames.ofCounts(name) == null ? shape.scores() : ScoreColumns.NONE;
        ClassPass pass =
            new ClassPass(scan, selection.model(), scores, grouping, EXPECTED_SEGMENTS);
        pass.run(columns);
        ClassPass whole = classes(selection, scores, Grouping.byWindow(), 1, deadline);
        yield report.ofClasses(pass, whole, rules);
      }
      case REGRESSION -> {
        NumberPass pass = new NumberPass(scan, grouping, EXPECTED_SEGMENTS);
        pass.run(columns);
        NumberPass whole = new NumberPass(new RowScan(selection, deadline), Grouping.byWindow(), 1);
        whole.run(columns);
        yield report.ofNumbers(pass, whole, rules.minimumN());
      }
    };
  }

  /// Every measure of two versions, and whether they differ by more than chance.
  ///
  /// @throws QueryException if there is no answer
  public VersionComparison comparison(
      Selection selection, MeasureRules rules, String first, String second, Deadline deadline) {
    ModelShape shape = shape(selection);
    RowScan scan = new RowScan(selection, deadline);
    Grouping grouping = VersionReport.grouping(scan, first, second);
    return switch (shape.task()) {
      case CLASSIFICATION -> {
        ClassPass pass = new ClassPass(scan, selection.model(), shape.scores(), grouping, 2);
        pass.run(columns);
        yield VersionReport.ofClasses(pass, rules);
      }
      case REGRESSION -> {
        NumberPass pass = new NumberPass(scan, grouping, 2);
        pass.run(columns);
        yield VersionReport.ofNumbers(pass, rules.minimumN());
      }
    };
  }

  /// Why a measure moved between the two windows of the selection.
  ///
  /// @param by a feature or a tag; empty for true classes
  /// @throws QueryException if there is no answer
  public Change change(Selection selection, String measure, List<String> by, Deadline deadline) {
    ModelShape shape = shape(selection);
    RowScan scan = new RowScan(selection, deadline);
    SegmentGrouping segments = by.isEmpty() ? null : grouping(scan, selection, by, deadline);
    Grouping grouping = segments == null ? Grouping.byWindow() : ChangeReport.twice(segments);
    return switch (shape.task()) {
      case CLASSIFICATION -> {
        ClassPass pass = new ClassPass(scan, selection.model(), ScoreColumns.NONE, grouping, 2);
        pass.run(columns);
        yield ChangeReport.ofClasses(measure, pass, segments);
      }
      case REGRESSION -> {
        NumberPass pass = new NumberPass(scan, grouping, EXPECTED_SEGMENTS);
        pass.run(columns);
        yield ChangeReport.ofNumbers(measure, pass, segments);
      }
    };
  }

  private SegmentGrouping grouping(
      RowScan scan, Selection selection, List<String> by, Deadline deadline) {
    return new SegmentGrouping(
        scan,
        by,
        NumberRanges.of(columns, selection, by, ModelShape.peek(source, selection), deadline));
  }

  private ClassPass classes(
      Selection selection, ScoreColumns scores, Grouping grouping, int groups, Deadline deadline) {
    RowScan scan = new RowScan(selection, deadline);
    ClassPass pass = new ClassPass(scan, selection.model(), scores, grouping, groups);
    pass.run(columns);
    return pass;
  }

  private ModelShape shape(Selection selection) {
    String configured = tasks.get().getOrDefault(selection.model(), "");
    return ModelShape.of(source, selection, configured);
  }
}
