package dev.sightline.quality.drift;

import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.baseline.Sides;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.profile.ProfileAnswer;
import dev.sightline.quality.profile.ProfileBaselines;
import dev.sightline.quality.profile.ProfileQueries;
import dev.sightline.quality.profile.WindowProfile;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Answers what has moved between two windows from profiles, without reading a row: in milliseconds
/// whatever the number of rows, and where these are gone. Safe for any number of threads.
///
/// @param judge of both sides
/// @param options asked each time
public record SketchDrift(
    ProfileQueries profiles,
    References references,
    DriftQueries judge,
    Supplier<DriftOptions> options) {

  /// Compares the rows of a selection, one window of them rounded to whole hours, with a reference.
  ///
  /// @throws QueryException if there is no answer
  public DriftReport drift(
      Selection selection, Against against, DriftRules rules, Deadline deadline) {
    List<String> notes = new ArrayList<>();
    Sides sides = sides(selection, against, deadline, notes);
    DriftReport report = judge.report(selection, sides, rules, true);
    notes.addAll(report.notes());
    notes.add("from profiles: times are whole hours; texts and errors need rows");
    return report.with(Map.of(), report.features(), notes);
  }

  private Sides sides(Selection selection, Against against, Deadline deadline, List<String> notes) {
    Baseline reference;
    String name;
    Reference kept = kept(selection.model(), against, deadline);
    if (kept != null && selection.conditions().isEmpty()) {
      reference = ProfileBaselines.comparable(kept.baseline());
      name = kept.name();
    } else {
      reference = reference(against.rows(selection, kept), deadline, notes);
      name = kept == null ? "profiles" : kept.name();
    }
    WindowProfile current = window(selection, deadline, notes);
    return new Sides(name, reference, ProfileBaselines.of(current, reference.sources()));
  }

  private @org.jspecify.annotations.Nullable Reference kept(
      String model, Against against, Deadline deadline) {
    return switch (against) {
      case Against.Usual _ -> references.usual(model, deadline);
      case Against.Named(String name) -> references.named(model, name, deadline);
      case Against.Previous _, Against.SameWeekday _, Against.Rows _ -> null;
    };
  }

  private Baseline reference(Selection selection, Deadline deadline, List<String> notes) {
    WindowProfile window = window(selection, deadline, notes);
    DriftOptions.OfModel ofModel = options.get().of(selection.model());
    List<Source> sources = ProfileBaselines.sources(window, ofModel.kinds(), ofModel.ignored());
    return ProfileBaselines.of(window, sources);
  }

  private WindowProfile window(Selection selection, Deadline deadline, List<String> notes) {
    ProfileAnswer answer = profiles.profiles(selection, Set.of(), deadline);
    notes.addAll(answer.notes());
    return answer.windows().getFirst();
  }
}
