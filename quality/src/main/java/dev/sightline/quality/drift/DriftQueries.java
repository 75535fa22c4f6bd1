package dev.sightline.quality.drift;

import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.quality.baseline.FeatureKind;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.baseline.RowSample;
import dev.sightline.quality.baseline.Sides;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.inputs.Influence;
import dev.sightline.quality.inputs.Together;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers what has moved between two windows. Safe for any number of threads; runs on the
/// caller's.
public final class DriftQueries {
  private static final String BY_ROWS =
      "features are ranked by how many rows have moved, not by how much that changes answers";

  private final WindowBaselines windows;
  private final References references;
  private final Supplier<DriftOptions> options;

  /// @param options asked each time
  public DriftQueries(
      WindowBaselines windows, References references, Supplier<DriftOptions> options) {
    this.windows = windows;
    this.references = references;
    this.options = options;
  }

  /// Compares the rows of a selection, one window of them, with a reference.
  ///
  /// @throws QueryException if there is no answer
  public DriftReport drift(
      Selection selection, Against against, DriftRules rules, Deadline deadline) {
    return ranked(selection, sides(selection, against, deadline), rules, deadline);
  }

  /// What has moved, and how well all inputs together tell the windows apart.
  ///
  /// @param together null where there is too little to learn from, which a note says
  public record Answer(DriftReport report, @Nullable Together together) {}

  /// Both at once: rows are read once.
  ///
  /// @throws QueryException if there is no answer
  public Answer withTogether(
      Selection selection, Against against, DriftRules rules, Deadline deadline) {
    Sides sides = sides(selection, against, deadline);
    DriftReport report = ranked(selection, sides, rules, deadline);
    try {
      return new Answer(report, together(selection, against, sides, deadline));
    } catch (QueryException.Failed few) {
      List<String> notes = new ArrayList<>(report.notes());
      notes.add("inputs together: " + few.getMessage());
      return new Answer(report.with(report.influence(), report.features(), notes), null);
    }
  }

  private DriftReport ranked(
      Selection selection, Sides sides, DriftRules rules, Deadline deadline) {
    Influence influence =
        Influence.of(windows.columns(), selection, sides.reference().sources(), deadline);
    return ranked(report(selection, sides, rules, true), influence);
  }

  /// The same without histograms, and without asking what moves answers: for many windows.
  ///
  /// @throws QueryException if there is no answer
  public DriftReport plain(
      Selection selection, Against against, DriftRules rules, Deadline deadline) {
    return report(selection, sides(selection, against, deadline), rules, false);
  }

  /// How well all inputs together tell the rows of a selection from those of a reference.
  ///
  /// @throws QueryException if there is no answer
  public Together together(Selection selection, Against against, Deadline deadline) {
    return together(selection, against, sides(selection, against, deadline), deadline);
  }

  private Together together(Selection selection, Against against, Sides sides, Deadline deadline) {
    RowSample reference = sides.reference().sample();
    if (reference.rows() == 0) {
      // Made before samples were kept: from its rows, while these are there.
      Reference kept = kept(selection.model(), against, deadline);
      reference = baseline(against.rows(selection, kept), deadline).sample();
    }
    return Together.of(reference, sides.current().sample());
  }

  private Baseline baseline(Selection rows, Deadline deadline) {
    DriftOptions.OfModel ofModel = options.get().of(rows.model());
    return windows.reference(rows, ofModel.kinds(), ofModel.ignored(), deadline);
  }

  private static DriftReport ranked(DriftReport plain, Influence influence) {
    List<String> notes = new ArrayList<>(plain.notes());
    notes.remove(BY_ROWS);
    boolean known = !influence.shares().isEmpty();
    notes.add(
        known
            ? "features are ranked by how many rows have moved times how much the feature moves"
                + " answers, as trees say that imitate the model on "
                + influence.rows()
                + " rows"
            : BY_ROWS);
    DriftReport report = plain.with(influence.shares(), plain.features(), notes);
    List<FeatureDrift> features = new ArrayList<>(plain.features());
    features.sort(
        Comparator.comparing((FeatureDrift one) -> !one.hasDrifted())
            .thenComparing(one -> !one.isToWatch())
            .thenComparing(Comparator.comparingDouble(report::impact).reversed())
            .thenComparing(FeatureDrift::name));
    return report.with(influence.shares(), features, notes);
  }

  /// Both windows' summaries.
  ///
  /// @throws QueryException if there is no answer
  public Sides sides(Selection selection, Against against, Deadline deadline) {
    Reference kept = kept(selection.model(), against, deadline);
    Selection current = apart(selection, kept);
    Baseline reference;
    String name;
    if (kept != null && selection.conditions().isEmpty()) {
      reference = kept.baseline();
      name = kept.name();
    } else {
      reference = baseline(against.rows(selection, kept), deadline);
      name = kept == null ? "rows" : kept.name();
    }
    return new Sides(name, reference, windows.current(current, reference, deadline));
  }

  /// The first rows of a model are not compared with themselves.
  private static Selection apart(Selection selection, @Nullable Reference kept) {
    long endMs = selection.windows().endMs();
    boolean overlaps =
        kept != null
            && kept.name().equals(Reference.FIRST)
            && selection.windows().startMs() < kept.baseline().endMs()
            && endMs > kept.baseline().endMs();
    return overlaps && kept != null
        ? selection.in(Windows.whole(kept.baseline().endMs(), endMs))
        : selection;
  }

  private @Nullable Reference kept(String model, Against against, Deadline deadline) {
    return switch (against) {
      case Against.Usual _ -> references.usual(model, deadline);
      case Against.Named(String name) -> references.named(model, name, deadline);
      case Against.Previous _, Against.SameWeekday _, Against.Rows _ -> null;
    };
  }

  /// Judges two windows.
  DriftReport report(Selection selection, Sides sides, DriftRules rules, boolean withHistograms) {
    DriftJudge judge = new DriftJudge(rules);
    Baseline reference = sides.reference();
    List<FeatureDrift> features = judge.judge(reference, sides.current(), withHistograms);
    Baseline current = sides.current();
    return new DriftReport(
        selection.model(),
        sides.name(),
        reference.isFromFile() ? null : new Window(reference.startMs(), reference.endMs(), false),
        new Window(current.startMs(), current.endMs(), false),
        reference.rows(),
        current.rows(),
        judge.inputs(features),
        features,
        Map.of(),
        notes(sides));
  }

  private static List<String> notes(Sides sides) {
    List<String> notes = new ArrayList<>();
    String names =
        sides.reference().sources().stream()
            .filter(source -> source.kind() == FeatureKind.NAME)
            .map(Source::name)
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      notes.add("not compared, because nearly every row has another value: " + names);
    }
    boolean sketched =
        sides.current().features().values().stream()
            .anyMatch(feature -> feature.column() instanceof FeatureColumn.Sketched);
    if (sketched) {
      notes.add("there are too many rows to keep: numbers are compared by sketches");
    }
    notes.add(BY_ROWS);
    return notes;
  }
}
