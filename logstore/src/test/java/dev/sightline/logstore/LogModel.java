package dev.sightline.logstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LineCounts;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.log.LogSource.Request;
import dev.sightline.model.log.LogSource.SelectedStream;
import dev.sightline.model.log.LogSource.Selection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a store of logs must hold, as plainly as it can be said: each line once, in the order of
/// arrival.
final class LogModel {
  private final Set<Line> lines = new LinkedHashSet<>();

  record Line(Labels stream, long timestampNs, String text, Labels metadata) {}

  void add(Collection<Line> more) {
    lines.addAll(more);
  }

  /// Whether a deletion means a line: `app` and a word that it contains.
  static boolean isMeant(String deletion, Line line) {
    String[] said = deletion.split(" ", 2);
    return line.stream.get("app").equals(said[0]) && line.text.contains(said[1]);
  }

  void forget(String deletion) {
    lines.removeIf(line -> isMeant(deletion, line));
  }

  Set<Line> lines() {
    return lines;
  }

  void forgetBefore(long timestampNs) {
    lines.removeIf(line -> line.timestampNs < timestampNs);
  }

  static LogBatch batch(Collection<Line> lines) {
    LogBatch batch = new LogBatch();
    for (Line line : lines) {
      batch.add(
          line.stream, line.timestampNs, line.text.getBytes(StandardCharsets.UTF_8), line.metadata);
    }
    return batch;
  }

  /// Holds every way of asking a source against what is here.
  void check(LogSource source, Request request) {
    Map<Labels, List<Line>> expected = expected(request);
    assertThat(read(source, request)).isEqualTo(expected);
    List<Labels> streams = List.copyOf(expected.keySet());
    List<Matcher> matchers = request.matchers();
    if (request.mustContain().isEmpty()) {
      checkCounts(source, request);
      assertThat(source.streams(matchers, request.startNs(), request.endNs()))
          .containsAll(streams)
          .isSorted();
    }
  }

  /// Numbers alone are those of the lines, however time is divided.
  private static void checkCounts(LogSource source, Request request) {
    for (long widthNs : new long[] {1_000_000_000, 60_000_000_000L, Long.MAX_VALUE}) {
      for (Set<String> names : List.of(Set.<String>of(), Set.of("trace"), Set.of("none"))) {
        try (Selection selection = source.select(request)) {
          for (SelectedStream stream : selection.streams()) {
            Counted counted = new Counted(widthNs);
            stream.count(names, counted);
            Counted walked = new Counted(widthNs);
            LineCounts.walk(stream.read(), names, walked);
            assertThat(counted.sums).isEqualTo(walked.sums);
          }
        }
      }
    }
  }

  private static final class Counted implements LineCounts {
    private final long widthNs;
    private final Map<String, List<Long>> sums = new TreeMap<>();

    Counted(long widthNs) {
      this.widthNs = widthNs;
    }

    @Override
    public int slotOf(long timestampNs) {
      return (int) Math.floorDiv(timestampNs, widthNs);
    }

    @Override
    public void add(int slot, Labels metadata, long lines, long lineBytes) {
      sums.merge(
          slot + " " + metadata,
          List.of(lines, lineBytes),
          (old, more) -> List.of(old.get(0) + more.get(0), old.get(1) + more.get(1)));
    }
  }

  private Map<Labels, List<Line>> expected(Request request) {
    Map<Labels, List<Line>> expected = new TreeMap<>();
    for (Line line : lines) {
      if (isWanted(line, request)) {
        expected.computeIfAbsent(line.stream, _ -> new ArrayList<>()).add(line);
      }
    }
    for (Map.Entry<Labels, List<Line>> stream : expected.entrySet()) {
      stream.getValue().sort(Comparator.comparingLong(Line::timestampNs));
      if (request.direction() == Direction.BACKWARD) {
        stream.setValue(stream.getValue().reversed());
      }
    }
    return expected;
  }

  private static boolean isWanted(Line line, Request request) {
    return line.timestampNs >= request.startNs()
        && line.timestampNs < request.endNs()
        && request.matchers().stream().allMatch(m -> m.matches(line.stream.get(m.name())))
        && request.mustContain().stream().allMatch(line.text::contains);
  }

  /// What a source answers, by stream; lines that lack a text that they must contain are left out
  /// here if they were not there.
  static Map<Labels, List<Line>> read(LogSource source, Request request) {
    Map<Labels, List<Line>> found = new TreeMap<>();
    try (Selection selection = source.select(request)) {
      assertThat(selection.streams().stream().map(SelectedStream::labels)).isSorted();
      for (SelectedStream stream : selection.streams()) {
        List<Line> lines = new ArrayList<>();
        LogCursor cursor = stream.read();
        while (cursor.next()) {
          Line line = line(stream.labels(), cursor);
          if (isWanted(line, request)) {
            lines.add(line);
          } else {
            assertThat(request.mustContain()).as("why %s may come", line).isNotEmpty();
          }
        }
        assertThat(cursor.next()).isFalse();
        if (!lines.isEmpty()) {
          assertThat(found.put(stream.labels(), lines)).as("streams come once").isNull();
        }
      }
    }
    return found;
  }

  private static Line line(Labels stream, LogCursor cursor) {
    int length = cursor.lineEnd() - cursor.lineStart();
    String text = new String(cursor.bytes(), cursor.lineStart(), length, StandardCharsets.UTF_8);
    return new Line(stream, cursor.timestampNs(), text, cursor.metadata());
  }

  static Request everything(Direction direction) {
    return new Request(List.of(), Long.MIN_VALUE, Long.MAX_VALUE, direction, List.of());
  }
}
