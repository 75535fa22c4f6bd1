package dev.sightline.quality.watch;

import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.watch.Outcome.State;
import dev.sightline.quality.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One monitor with its outcomes. Safe for any number of threads: one looks at a time.
final class Watched {
  private final Monitor monitor;
  private final MonitorFiles files;
  private final Readings.Parts parts;

  // guarded by this; by the end of the window
  private final NavigableMap<Long, Outcome> outcomes = new TreeMap<>();

  /// Of a monitor of streams, once it has begun; guarded by this.
  private @Nullable StreamWatch stream;

  Watched(Monitor monitor, MonitorFiles files, Readings.Parts parts) {
    this.monitor = monitor;
    this.files = files;
    this.parts = parts;
    files
        .outcomes(monitor.model(), monitor.name())
        .forEach(outcome -> outcomes.put(outcome.window().endMs(), outcome));
  }

  Monitor monitor() {
    return monitor;
  }

  synchronized @Nullable Outcome newest() {
    return outcomes.isEmpty() ? null : outcomes.lastEntry().getValue();
  }

  /// Those whose windows end in a span, oldest first.
  synchronized List<Outcome> between(long startMs, long endMs, int limit) {
    List<Outcome> found = new ArrayList<>(outcomes.subMap(startMs, false, endMs, true).values());
    return found.subList(Math.max(0, found.size() - limit), found.size());
  }

  /// Looks at every window that has ended since the last look; at first, at the newest.
  ///
  /// @param states of other monitors in the same round, by name
  synchronized void look(Readings readings, long nowMs, Function<String, State> states) {
    Outcome newest = newest();
    List<Window> windows =
        monitor.pace().isByCount()
            ? byCount(newest, nowMs)
            : monitor
                .pace()
                .ended(
                    newest == null
                        ? monitor.pace().last(nowMs - monitor.pace().delay().toMillis()).endMs() - 1
                        : newest.window().endMs(),
                    nowMs);
    List<Outcome> found = new ArrayList<>();
    for (Window window : windows) {
      Outcome outcome = of(window, readings, outcomes, states);
      outcomes.put(window.endMs(), outcome);
      found.add(outcome);
    }
    keep(found);
  }

  /// Looks at what would be the newest window if it ended now; what is found is told, and not kept.
  synchronized Outcome now(Readings readings, long nowMs, Function<String, State> states) {
    Window window = new Window(nowMs - monitor.pace().step().length().toMillis(), nowMs, false);
    if (monitor.judge() instanceof Judge.Stream) {
      Outcome newest = newest();
      return newest == null
          ? Outcome.without(window, 0, State.NOT_ENOUGH, "no window has ended yet")
          : newest;
    }
    return of(window, readings, outcomes, states);
  }

  private void keep(List<Outcome> found) {
    if (found.isEmpty()) {
      return;
    }
    String model = monitor.model();
    if (outcomes.size() > 2 * MonitorFiles.MOST_OUTCOMES) {
      while (outcomes.size() > MonitorFiles.MOST_OUTCOMES) {
        outcomes.pollFirstEntry();
      }
      files.replace(model, monitor.name(), List.copyOf(outcomes.values()));
    } else {
      files.append(model, monitor.name(), found);
    }
    if (stream != null) {
      stream.keep(files, monitor, outcomes.lastKey());
    }
  }

  /// What it would have said of each window of a span, had it been there. Nothing is kept.
  List<Outcome> preview(
      Readings readings, long startMs, long endMs, Function<String, State> states) {
    NavigableMap<Long, Outcome> own = new TreeMap<>();
    List<Window> windows =
        monitor.pace().isByCount()
            ? countsOf(startMs, endMs)
            : monitor.pace().ended(startMs, endMs);
    StreamWatch fresh =
        monitor.judge() instanceof Judge.Stream(Detector detector)
            ? new StreamWatch(detector)
            : null;
    for (Window window : windows) {
      own.put(
          window.endMs(),
          fresh != null ? fresh.of(monitor, window, readings) : of(window, readings, own, states));
    }
    return List.copyOf(own.values());
  }

  private Outcome of(
      Window window,
      Readings readings,
      NavigableMap<Long, Outcome> known,
      Function<String, State> states) {
    if (monitor.judge() instanceof Judge.Composite(boolean all, List<String> of)) {
      return Judgement.together(window, of.stream().map(states).toList(), all);
    }
    if (monitor.judge() instanceof Judge.Stream(Detector detector)) {
      StreamWatch watch = stream;
      if (watch == null) {
        watch = StreamWatch.resumed(detector, files, monitor);
        stream = watch;
      }
      return watch.of(monitor, window, readings);
    }
    Past past = new Past(readings, known);
    return new Judgement(monitor, past).of(window, readings.of(monitor, window));
  }

  /// The next rows, so many at a time.
  private List<Window> byCount(@Nullable Outcome newest, long nowMs) {
    long endMs = nowMs - monitor.pace().delay().toMillis();
    if (newest != null) {
      return countsOf(newest.window().endMs(), endMs);
    }
    List<Labelled> last = rows(Long.MIN_VALUE / 4, endMs, true);
    return last.size() < monitor.pace().rows() ? List.of() : List.of(spanOf(last.reversed()));
  }

  private List<Window> countsOf(long startMs, long endMs) {
    List<Window> windows = new ArrayList<>();
    long fromMs = startMs;
    while (windows.size() < Pace.MOST_AT_ONCE) {
      List<Labelled> rows = rows(fromMs, endMs, false);
      if (rows.size() < monitor.pace().rows()) {
        return windows;
      }
      windows.add(spanOf(rows));
      fromMs = windows.getLast().endMs();
    }
    return windows;
  }

  private static Window spanOf(List<Labelled> rows) {
    return new Window(
        rows.getFirst().prediction().timeMs(), rows.getLast().prediction().timeMs() + 1, false);
  }

  private List<Labelled> rows(long startMs, long endMs, boolean newestFirst) {
    Query query =
        new Query(
            monitor.model(),
            startMs,
            Math.max(startMs, endMs),
            monitor.version(),
            newestFirst,
            monitor.pace().rows(),
            null);
    return parts.source().list(query).predictions();
  }

  /// The values of other windows: known ones, else found now.
  private final class Past implements Judgement.Earlier {
    private final Readings readings;
    private final NavigableMap<Long, Outcome> known;

    Past(Readings readings, NavigableMap<Long, Outcome> known) {
      this.readings = readings;
      this.known = known;
    }

    @Override
    public double[] newest(Window window, int count) {
      if (monitor.pace().isByCount()) {
        return known.headMap(window.endMs(), false).descendingMap().values().stream()
            .limit(count)
            .mapToDouble(Outcome::value)
            .toArray();
      }
      return values(monitor.pace().before(window, count));
    }

    @Override
    public double[] seasons(Window window, Judge.Seasonal seasonal) {
      return values(monitor.pace().seasons(window, seasonal.period(), seasonal.windows()));
    }

    private double[] values(List<Window> windows) {
      double[] values = new double[windows.size()];
      Arrays.setAll(values, each -> value(windows.get(each)));
      return values;
    }

    private double value(Window window) {
      Outcome before = known.get(window.endMs());
      boolean same = before != null && before.window().startMs() == window.startMs();
      if (before != null && same) {
        return before.value();
      }
      return readings.of(monitor, window).value();
    }

    @Override
    public double ofReference(String name) {
      return switch (name) {
        case "previous", "same_weekday" -> Double.NaN;
        default -> ofKept(name);
      };
    }

    private double ofKept(String name) {
      Reference reference = parts.references().named(monitor.model(), name, readings.deadline());
      return reference.baseline().isFromFile()
          ? Double.NaN
          : readings
              .of(
                  monitor,
                  new Window(reference.baseline().startMs(), reference.baseline().endMs(), false))
              .value();
    }
  }

  /// Monitors of one round, so that one can ask for the verdict of another.
  static Function<String, State> states(Map<String, Watched> byName) {
    return name -> {
      Watched watched = byName.get(name);
      Outcome newest = watched == null ? null : watched.newest();
      return newest == null ? State.NOT_ENOUGH : newest.state();
    };
  }
}
