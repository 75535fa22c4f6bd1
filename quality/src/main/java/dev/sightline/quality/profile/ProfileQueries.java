package dev.sightline.quality.profile;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.rows.Condition;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Answers what is kept of a model's features, by merging profiles. Safe for any number of threads.
///
/// @param columns where truths are read from
/// @param segments as configured now, by model
public record ProfileQueries(
    ProfileStore profiles,
    PredictionColumns columns,
    Supplier<Map<String, List<SegmentBy>>> segments) {
  private static final int MOST_NAMES = 4;

  /// Merges what is kept of the rows of a selection, whose windows are rounded to whole hours.
  ///
  /// @param features which are wanted; empty for all
  /// @throws QueryException if there is no answer
  public ProfileAnswer profiles(Selection selection, Set<String> features, Deadline deadline) {
    Wanted wanted = new Wanted(selection.version(), segment(selection), features);
    List<String> notes = new ArrayList<>();
    List<WindowProfile> windows = new ArrayList<>();
    int waiting = 0;
    int coarse = 0;
    long dropped = 0;
    for (Window window : selection.windows().list()) {
      long startMs = HourKey.hourOf(window.startMs());
      long endMs = HourKey.hourOf(window.endMs() + HourKey.HOUR_MS - 1);
      ProfileDays.Merged merged = profiles.days().merged(selection.model(), startMs, endMs, wanted);
      waiting += merged.waiting();
      coarse += merged.coarse();
      dropped += merged.profile().dropped();
      windows.add(new WindowProfile(startMs, endMs, flat(merged.profile())));
    }
    if (wanted.feature(Source.TRUTH)) {
      addTruths(selection, windows, deadline);
    }
    if (waiting > 0) {
      notes.add(waiting + " hours are being made of their rows now, and are missing here");
    }
    if (coarse > 0) {
      notes.add(coarse + " days are kept as a whole only and lie partly outside: missing here");
    }
    if (dropped > 0) {
      notes.add(
          "there was no room for all versions and segments of an hour: rows were left out of theirs "
              + dropped
              + " times");
    }
    return new ProfileAnswer(selection.model(), windows, notes);
  }

  /// All versions together.
  private static SliceProfile flat(Profile merged) {
    SliceProfile all = new SliceProfile(NumberSketch.DAY);
    merged.slices().values().forEach(slice -> all.merge(slice, _ -> true));
    return all;
  }

  private void addTruths(Selection selection, List<WindowProfile> windows, Deadline deadline) {
    List<Window> hours = new ArrayList<>();
    for (WindowProfile each : windows) {
      hours.add(new Window(each.startMs(), each.endMs(), false));
    }
    for (int each = 0; each < hours.size(); each++) {
      // One by one: rounded to hours, neighbours may share one.
      Window window = hours.get(each);
      Selection one = selection.in(Windows.whole(window.startMs(), window.endMs()));
      FeatureProfile truths = TruthScan.of(columns, one, deadline).getFirst();
      if (truths.n() > 0) {
        FeatureProfile sent = windows.get(each).profile().feature(Source.TRUTH);
        if (sent != null) {
          sent.merge(truths);
        }
      }
    }
  }

  private String segment(Selection selection) {
    Map<String, String> asked = new HashMap<>();
    for (Condition condition : selection.conditions()) {
      if (!(condition instanceof Condition.Is(String name, String word))) {
        throw notKept();
      }
      asked.put(name, word);
    }
    if (asked.isEmpty()) {
      return "";
    }
    for (SegmentBy by : segments.get().getOrDefault(selection.model(), List.of())) {
      if (asked.keySet().equals(Set.copyOf(by.names()))) {
        return by.text(by.names().stream().map(name -> asked.getOrDefault(name, "")).toList());
      }
    }
    // What clients of whylogs sent has its names by the alphabet.
    List<String> names = asked.keySet().stream().sorted().toList();
    boolean sent = segments.get().getOrDefault(selection.model(), List.of()).isEmpty();
    if (sent && names.size() <= MOST_NAMES) {
      return new SegmentBy(names)
          .text(names.stream().map(name -> asked.getOrDefault(name, "")).toList());
    }
    throw notKept();
  }

  private static QueryException notKept() {
    return new QueryException.Failed(
        "there are no profiles of this segment: name its features under segments of the model, from"
            + " then on they are kept");
  }

  /// Every model that has a profile, by name.
  public Set<String> models() {
    return profiles.models();
  }
}
