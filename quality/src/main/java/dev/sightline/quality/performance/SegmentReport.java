package dev.sightline.quality.performance;

import dev.sightline.stats.drift.Correction;
import dev.sightline.stats.measure.ClassMeasure;
import dev.sightline.stats.measure.ClassRules;
import dev.sightline.stats.measure.ClassificationReport;
import dev.sightline.stats.measure.Comparison;
import dev.sightline.stats.measure.ConfusionCounts;
import dev.sightline.stats.measure.Measured;
import dev.sightline.stats.measure.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Ranks segments by one measure, and says of each whether chance alone explains how far it is from
/// all other rows.
///
/// @param limit of segments that are listed
record SegmentReport(Task task, String measure, MeasureRules rules, int limit) {
  /// Of fewer rows they are larger, whatever the model does: a test would find small segments.
  private static final Set<String> UNTESTED = Set.of("ece", "mce", "max_error");

  /// A segment before its neighbours are known.
  ///
  /// @param group its number
  private record Candidate(int group, long n, long labelled, Measured value) {}

  /// @param whole the same rows in one group
  Segments ofClasses(ClassPass pass, ClassPass whole, SegmentGrouping grouping) {
    List<ClassTable> tables = ClassTable.of(pass, grouping.size(), rules);
    ClassTable everything = ClassTable.of(whole, 1, rules).getFirst();
    ClassRules full = ClassReports.rules(rules, pass.codes().sorted(), limit);
    ClassRules quick =
        full.with(new Resampling(full.intervals().level(), 0, full.intervals().seed()));
    List<Candidate> ranked = new ArrayList<>();
    for (int group = 0; group < tables.size(); group++) {
      ClassTable table = tables.get(group);
      ranked.add(new Candidate(group, table.n(), table.labelled(), value(table, quick)));
    }
    List<Candidate> listed =
        worst(ranked).stream()
            .map(
                one ->
                    new Candidate(
                        one.group(), one.n(), one.labelled(), value(tables.get(one.group()), full)))
            .toList();
    Measured overall = value(everything, full);
    ConfusionCounts all = everything.counts();
    return segments(
        grouping,
        listed,
        overall,
        one ->
            MeasureNames.ofCounts(measure) == null
                ? ofPart(one.value(), overall)
                : ofCounts(tables.get(one.group()).counts(), all, full));
  }

  /// @param whole the same rows in one group
  Segments ofMeans(MeanPass pass, MeanPass whole, SegmentGrouping grouping) {
    Resampling intervals = Resampling.DEFAULT;
    List<Candidate> ranked = new ArrayList<>();
    for (int group = 0; group < grouping.size(); group++) {
      Measured value = value(pass, group, new Resampling(intervals.level(), 0, intervals.seed()));
      ranked.add(new Candidate(group, pass.predictions(group), pass.measured(group), value));
    }
    List<Candidate> listed =
        worst(ranked).stream()
            .map(
                one ->
                    new Candidate(
                        one.group(), one.n(), one.labelled(), value(pass, one.group(), intervals)))
            .toList();
    Measured overall = value(whole, 0, intervals);
    return segments(grouping, listed, overall, one -> ofPart(one.value(), overall));
  }

  private List<Candidate> worst(List<Candidate> candidates) {
    ToDoubleFunction<Candidate> goodness =
        one ->
            one.value() instanceof Measured.Known(double known, _, _)
                ? MeasureNames.goodness(measure, task, known)
                : Double.POSITIVE_INFINITY;
    return candidates.stream()
        .sorted(Comparator.comparingDouble(goodness).thenComparingLong(one -> -one.labelled()))
        .limit(limit)
        .toList();
  }

  /// Says how likely chance is, of a segment; null where there is no test.
  private interface Test {
    @Nullable Double pValue(Candidate one);
  }

  private Segments segments(
      SegmentGrouping grouping, List<Candidate> listed, Measured overall, Test test) {
    double[] pValues = new double[grouping.size()];
    Arrays.fill(pValues, 1);
    List<@Nullable Double> found = new ArrayList<>();
    for (int place = 0; place < listed.size(); place++) {
      Double pValue = UNTESTED.contains(measure) ? null : test.pValue(listed.get(place));
      found.add(pValue);
      pValues[place] = pValue == null ? 1 : pValue;
    }
    double[] adjusted = Correction.BENJAMINI_HOCHBERG.adjusted(pValues);
    List<Segments.Segment> segments = new ArrayList<>();
    for (int place = 0; place < listed.size(); place++) {
      Double pValue = found.get(place) == null ? null : (Double) adjusted[place];
      segments.add(segment(grouping, listed.get(place), overall, pValue));
    }
    return new Segments(measure, overall, segments, grouping.size(), notes(grouping.size()));
  }

  private static Segments.Segment segment(
      SegmentGrouping grouping, Candidate one, Measured overall, @Nullable Double pValue) {
    Map<String, String> labels = grouping.labels(one.group());
    Double difference =
        one.value() instanceof Measured.Known(double value, _, _)
                && overall instanceof Measured.Known(double whole, _, _)
            ? (Double) (value - whole)
            : null;
    return new Segments.Segment(
        labels,
        one.n(),
        one.labelled(),
        one.value(),
        difference,
        difference == null ? null : pValue);
  }

  private Measured value(ClassTable table, ClassRules made) {
    ClassificationReport report = ClassificationReport.of(table.counts(), made);
    ClassMeasure wanted = MeasureNames.ofCounts(measure);
    Measured found =
        wanted == null
            ? ClassScores.of(table, made, rules.variants(), report).get(measure)
            : report.measures().get(wanted);
    return found == null ? new Measured.NotEnough(0, rules.minimumN()) : found;
  }

  private Measured value(MeanPass pass, int group, Resampling intervals) {
    Measured found = pass.measures(group, rules.minimumN(), intervals).get(measure);
    return found == null ? new Measured.NotEnough(0, rules.minimumN()) : found;
  }

  private static @Nullable Double ofPart(Measured part, Measured whole) {
    if (!(part instanceof Measured.Known known) || !(whole instanceof Measured.Known all)) {
      return null;
    }
    Comparison found = Comparison.ofPart(known, all, Resampling.DEFAULT.level());
    return found == null ? null : found.pValue();
  }

  /// Of a segment against all other rows.
  private @Nullable Double ofCounts(ConfusionCounts segment, ConfusionCounts all, ClassRules made) {
    ClassMeasure wanted = MeasureNames.ofCounts(measure);
    ConfusionCounts rest = all.copy();
    for (int truth = 0; truth < segment.classes(); truth++) {
      for (int output = 0; output < segment.classes(); output++) {
        long count = segment.count(truth, output);
        if (count > 0) {
          rest.add(truth, output, -Math.min(count, rest.count(truth, output)));
        }
      }
    }
    if (wanted == null || segment.n() < made.minimumN() || rest.n() == 0) {
      return null;
    }
    Comparison found =
        wanted == ClassMeasure.ACCURACY
            ? Comparison.ofShares(
                rest.correct(), rest.n(), segment.correct(), segment.n(), made.intervals().level())
            : Comparison.ofCounts(rest, segment, wanted, made);
    return found == null ? null : found.pValue();
  }

  private List<String> notes(int segments) {
    return UNTESTED.contains(measure)
        ? List.of("no test of significance for " + measure + ": it grows as rows become fewer")
        : List.of(
            "p_value: the segment against all other rows, corrected for "
                + segments
                + " segments (Benjamini and Hochberg)");
  }
}
