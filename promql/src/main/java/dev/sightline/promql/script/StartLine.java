package dev.sightline.promql.script;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.script.Durations;
import dev.sightline.script.SeriesLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The start times of a series, as scripts write them: `name{…}@st _ -30s-1mx2`, each relative to
/// the time of its sample.
///
/// @param offsetsMs null for none
record StartLine(Labels labels, List<@Nullable Long> offsetsMs) {
  private static final Pattern LINE = Pattern.compile("(.*\\S)@st\\s+(.*)");
  private static final String SPAN = "[+-]?[0-9a-z.]+?";
  private static final Pattern RUN =
      Pattern.compile("(" + SPAN + ")(?:([+-][0-9a-z.]+?))?(?:x(\\d+))?");
  private static final Pattern GAP = Pattern.compile("_(?:x(\\d+))?");

  /// @return null if it is a line of values
  static @Nullable StartLine parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    List<@Nullable Long> offsets = new ArrayList<>();
    for (String word : matcher.group(2).strip().split("\\s+")) {
      addRun(offsets, word);
    }
    return new StartLine(SeriesLine.parse(matcher.group(1)).labels(), offsets);
  }

  private static void addRun(List<@Nullable Long> offsets, String word) {
    Matcher gap = GAP.matcher(word);
    if (gap.matches()) {
      for (int i = gap.group(1) == null ? 1 : Integer.parseInt(gap.group(1)); i > 0; i--) {
        offsets.add(null);
      }
      return;
    }
    Matcher run = RUN.matcher(word);
    if (!run.matches()) {
      throw new IllegalArgumentException("\"" + word + "\" is no start time");
    }
    long offsetMs = Durations.ms(run.group(1));
    long changeMs = run.group(2) == null ? 0 : Durations.ms(run.group(2));
    int more = run.group(3) == null ? 0 : Integer.parseInt(run.group(3));
    for (int i = 0; i <= more; i++) {
      offsets.add(offsetMs + i * changeMs);
    }
  }

  long startMs(int index, long timeMs) {
    Long offsetMs = index < offsetsMs.size() ? offsetsMs.get(index) : null;
    return offsetMs == null ? SampleColumns.NO_START : timeMs + offsetMs;
  }
}
