package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
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

  /// @param tasks of the models that are configured now, by name: a [Task]'s word, or empty
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
    RowScan scan = new RowScan(selection, deadline);
    Grouping grouping = Grouping.byWindow();
    return switch (shape.task()) {
      case CLASSIFICATION ->
          ClassReports.of(
              counted(selection, shape.scores(), windows.size(), deadline), rules, windows);
      case REGRESSION ->
          MeanReports.ofNumbers(
              walked(new NumberPass(scan, grouping, rules.variants(), windows.size())),
              rules,
              windows);
      case RANKING ->
          MeanReports.ofRankings(
              walked(
                  new RankingPass(
                      scan, grouping, rules.variants().placesOfRankings(), windows.size())),
              rules,
              windows);
      case GENERATION ->
          MeanReports.ofTexts(walked(new GenerationPass(scan, grouping)), rules, windows);
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
      MeasureVariants variants,
      Deadline deadline) {
    ModelShape shape = shape(selection);
    if (shape.task() != Task.CLASSIFICATION) {
      throw new QueryException.Failed(
          "thresholds are of classes; this is a model of " + shape.task().word());
    }
    ClassPass pass = counted(selection, shape.scores(), 1, deadline);
    ClassTable table = ClassTable.of(pass, 1).getFirst();
    if (!table.hasProbabilities()) {
      throw new QueryException.Failed(
          table.counts().n() == 0
              ? "there are no labelled rows"
              : "labels only: thresholds and calibration need probabilities");
    }
    MeasureRules rules = new MeasureRules(Averaging.MACRO, 1, oneClass, variants);
    String positive = ClassReports.positive(rules, table.classes());
    String shown = positive == null ? table.classes().getLast() : positive;
    return Curves.of(table, table.classes().indexOf(shown), value, variants);
  }

  /// One measure of each segment.
  ///
  /// @param by features or tags, whose values together make a segment
  /// @param measure null for the one that stands in front
  /// @param limit of segments that are listed
  /// @throws QueryException if there is no answer
  public Segments segments(
      Selection selection,
      MeasureRules rules,
      List<String> by,
      @Nullable String measure,
      int limit,
      Deadline deadline) {
    ModelShape shape = shape(selection);
    String name = MeasureNames.checked(measure, shape.task(), rules.variants());
    RowScan scan = new RowScan(selection, deadline);
    SegmentGrouping grouping = grouping(scan, selection, by, deadline);
    SegmentReport report = new SegmentReport(shape.task(), name, rules, limit);
    return switch (shape.task()) {
      case CLASSIFICATION -> {
        ScoreColumns scores = shape.scoresFor(name, rules);
        ClassPass pass = classes(scan, scores, grouping, EXPECTED_SEGMENTS);
        ClassPass whole = classes(scan, scores, Grouping.byWindow(), 1);
        scan.run(columns, RowScan.Visitor.both(pass, whole));
        yield report.ofClasses(pass, whole, grouping);
      }
      case REGRESSION, RANKING, GENERATION -> {
        MeanPass pass = means(shape, scan, grouping, rules, EXPECTED_SEGMENTS);
        MeanPass whole = means(shape, scan, Grouping.byWindow(), rules, 1);
        scan.run(columns, RowScan.Visitor.both(pass, whole));
        yield report.ofMeans(pass, whole, grouping);
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
      case CLASSIFICATION ->
          VersionReport.ofClasses(walked(classes(scan, shape.scores(), grouping, 2)), rules);
      case REGRESSION, RANKING, GENERATION ->
          VersionReport.ofMeans(walked(means(shape, scan, grouping, rules, 2)), rules.minimumN());
    };
  }

  /// Why a measure moved between the two windows of the selection.
  ///
  /// @param measure null for the one that stands in front
  /// @param by features or tags; empty for true classes
  /// @throws QueryException if there is no answer
  public Change change(
      Selection selection,
      MeasureRules rules,
      @Nullable String measure,
      List<String> by,
      Deadline deadline) {
    ModelShape shape = shape(selection);
    String name = MeasureNames.checked(measure, shape.task(), rules.variants());
    RowScan scan = new RowScan(selection, deadline);
    if (shape.task() == Task.CLASSIFICATION) {
      ClassChange.check(name);
    } else if (!MeasureNames.isMean(name)) {
      throw new QueryException.Failed(
          "\"" + name + "\" does not split into parts exactly: it is no mean over predictions");
    } else if (by.isEmpty()) {
      throw new QueryException.Failed(
          "a model of " + shape.task().word() + " has no classes; name a feature in by");
    }
    ScoreColumns scores = shape.scoresFor(name, rules);
    if (by.isEmpty()) {
      ClassPass whole = counted(selection, scores, 2, deadline);
      return ClassChange.of(name, rules, null, whole, null);
    }
    SegmentGrouping segments = grouping(scan, selection, by, deadline);
    Grouping grouping = ChangeReport.twice(segments);
    return switch (shape.task()) {
      case CLASSIFICATION -> {
        ClassPass pass = classes(scan, scores, grouping, EXPECTED_SEGMENTS);
        ClassPass whole = classes(scan, scores, Grouping.byWindow(), 2);
        scan.run(columns, RowScan.Visitor.both(pass, whole));
        yield ClassChange.of(name, rules, pass, whole, segments);
      }
      case REGRESSION, RANKING, GENERATION -> {
        MeanPass pass = means(shape, scan, grouping, rules, EXPECTED_SEGMENTS);
        MeanPass whole = means(shape, scan, Grouping.byWindow(), rules, 2);
        scan.run(columns, RowScan.Visitor.both(pass, whole));
        yield ChangeReport.ofMeans(name, pass, whole, segments);
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

  /// The classes of each window. Two passes share the rows, always, so that answers do not depend
  /// on whether there were threads for both.
  private ClassPass counted(
      Selection selection, ScoreColumns scores, int windows, Deadline deadline) {
    RowScan scan = new RowScan(selection, deadline);
    RowScan other = new RowScan(selection, deadline);
    ClassPass pass = classes(scan, scores, Grouping.byWindow(), windows);
    ClassPass theirs = classes(other, scores, Grouping.byWindow(), windows);
    scan.run(columns, pass, other, theirs);
    pass.merge(theirs);
    return pass;
  }

  private ClassPass classes(RowScan scan, ScoreColumns scores, Grouping grouping, int groups) {
    return new ClassPass(scan, scan.selection().model(), scores, grouping, groups);
  }

  private static MeanPass means(
      ModelShape shape, RowScan scan, Grouping grouping, MeasureRules rules, int groups) {
    return MeanPass.of(shape.task(), scan, grouping, rules.variants(), groups);
  }

  private <P extends GroupPass> P walked(P pass) {
    pass.run(columns);
    return pass;
  }

  private ModelShape shape(Selection selection) {
    String configured = tasks.get().getOrDefault(selection.model(), "");
    return ModelShape.of(source, selection, configured);
  }
}
