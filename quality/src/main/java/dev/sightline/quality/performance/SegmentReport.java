package dev.sightline.quality.performance;

import dev.sightline.quality.performance.Segments.Segment;
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
import org.jspecify.annotations.Nullable;

/// Ranks segments by one measure, and says of each whether chance alone explains how far it is from
/// all other rows.
final class SegmentReport {
  private final String measure;
  private final int limit;
  private final SegmentGrouping grouping;

  /// @param limit of segments that are listed
  SegmentReport(String measure, int limit, SegmentGrouping grouping) {
    this.measure = measure;
    this.limit = limit;
    this.grouping = grouping;
  }

  /// A segment before its neighbours are known.
  ///
  /// @param group its number
  private record Candidate(int group, long n, long labelled, Measured value) {
    double goodness(String measure) {
      return value instanceof Measured.Known(double known, _, _)
          ? MeasureNames.goodness(measure, known)
          : Double.POSITIVE_INFINITY;
    }
  }

  /// @param whole the same rows in one group
  Segments ofClasses(ClassPass pass, ClassPass whole, MeasureRules rules) {
    List<ClassTable> tables = ClassTable.of(pass, grouping.size());
    List<String> classes = pass.codes().sorted();
    ClassRules full = ClassReports.rules(rules, classes, limit);
    Resampling none = new Resampling(full.intervals().level(), 0, full.intervals().seed());
    ClassRules quick =
        new ClassRules(
            full.averaging(),
            full.zeroDivision(),
            full.positiveClass(),
            full.beta(),
            full.minimumN(),
            none);
    List<Candidate> ranked = new ArrayList<>();
    ClassTable everything = ClassTable.of(whole, 1).getFirst();
    for (int group = 0; group < tables.size(); group++) {
      ClassTable table = tables.get(group);
      ranked.add(new Candidate(group, table.n(), table.counts().n(), value(table, quick)));
    }
    ranked.sort(byGoodness());
    List<Candidate> listed = ranked.subList(0, Math.min(limit, ranked.size()));
    double[] pValues = new double[ranked.size()];
    Arrays.fill(pValues, 1);
    for (int place = 0; place < listed.size(); place++) {
      Double found =
          pValue(tables.get(listed.get(place).group()).counts(), everything.counts(), full);
      pValues[place] = found == null ? 1 : found;
    }
    Measured overall = value(everything, full);
    double[] adjusted = Correction.BENJAMINI_HOCHBERG.adjusted(pValues);
    boolean tested = MeasureNames.ofCounts(measure) != null;
    List<Segment> segments = new ArrayList<>();
    for (int place = 0; place < listed.size(); place++) {
      Candidate one = listed.get(place);
      Measured value = value(tables.get(one.group()), full);
      segments.add(segment(one, value, overall, tested ? adjusted[place] : null));
    }
    return new Segments(measure, overall, segments, ranked.size(), notes());
  }

  /// @param whole the same rows in one group
  Segments ofNumbers(NumberPass pass, NumberPass whole, long minimumN) {
    List<Candidate> ranked = new ArrayList<>();
    for (int number = 0; number < grouping.size(); number++) {
      NumberGroup group = pass.group(number);
      ranked.add(new Candidate(number, group.n(), group.sums().n(), value(group, minimumN)));
    }
    ranked.sort(byGoodness());
    Measured overall = value(whole.group(0), minimumN);
    List<Segment> segments =
        ranked.stream().limit(limit).map(one -> segment(one, one.value(), overall, null)).toList();
    return new Segments(measure, overall, segments, ranked.size(), List.of());
  }

  private Comparator<Candidate> byGoodness() {
    return Comparator.comparingDouble((Candidate one) -> one.goodness(measure))
        .thenComparingLong(one -> -one.labelled());
  }

  private Segment segment(
      Candidate one, Measured value, Measured overall, @Nullable Double pValue) {
    Map<String, String> labels = grouping.labels(one.group());
    boolean both = value instanceof Measured.Known && overall instanceof Measured.Known;
    Double difference =
        both ? ((Measured.Known) value).value() - ((Measured.Known) overall).value() : null;
    return new Segment(
        labels, one.n(), one.labelled(), value, difference, difference == null ? null : pValue);
  }

  private Measured value(ClassTable table, ClassRules rules) {
    ClassificationReport report = ClassificationReport.of(table.counts(), rules);
    ClassMeasure wanted = MeasureNames.ofCounts(measure);
    Measured found =
        wanted == null
            ? ClassScores.of(table, rules, report).get(measure)
            : report.measures().get(wanted);
    return found == null ? new Measured.NotEnough(0, rules.minimumN()) : found;
  }

  private Measured value(NumberGroup group, long minimumN) {
    Measured found = NumberScores.of(group, minimumN, Resampling.DEFAULT).get(measure);
    return found == null ? new Measured.NotEnough(0, minimumN) : found;
  }

  /// Of a segment against all other rows.
  private @Nullable Double pValue(ConfusionCounts segment, ConfusionCounts all, ClassRules rules) {
    ClassMeasure wanted = MeasureNames.ofCounts(measure);
    ConfusionCounts rest = all.copy();
    for (int truth = 0; truth < segment.classes(); truth++) {
      for (int output = 0; output < segment.classes(); output++) {
        long count = segment.count(truth, output);
        if (count > 0) {
          rest.add(truth, output, -count);
        }
      }
    }
    if (wanted == null || segment.n() < rules.minimumN() || rest.n() == 0) {
      return null;
    }
    Comparison found =
        wanted == ClassMeasure.ACCURACY
            ? Comparison.ofShares(
                rest.correct(), rest.n(), segment.correct(), segment.n(), rules.intervals().level())
            : Comparison.ofCounts(rest, segment, wanted, rules);
    return found == null ? null : found.pValue();
  }

  private List<String> notes() {
    return MeasureNames.ofCounts(measure) == null
        ? List.of("no test of significance for " + measure)
        : List.of(
            "p_value: the segment against all other rows, corrected for "
                + grouping.size()
                + " segments (Benjamini and Hochberg)");
  }
}
