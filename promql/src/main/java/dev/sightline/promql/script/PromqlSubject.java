package dev.sightline.promql.script;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries.Options;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.time.SystemClock;
import dev.sightline.promql.eval.QueryEngine;
import dev.sightline.promql.eval.QueryLimits;
import dev.sightline.script.Command;
import dev.sightline.script.Durations;
import dev.sightline.script.ScriptSubject;
import dev.sightline.script.SeriesLine;
import dev.sightline.script.SeriesValue;
import dev.sightline.script.memory.MemorySeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// PromQL over series in memory, as the subject of scripts.
public final class PromqlSubject implements ScriptSubject {
  private final MemorySeries series = new MemorySeries();
  private final QueryEngine engine =
      new QueryEngine(series, QueryLimits.DEFAULT, new SystemClock());

  @Override
  public boolean load(Command.Load load) {
    long stepMs = Durations.ms(load.argument());
    Map<Labels, StartLine> starts = new HashMap<>();
    List<SeriesLine> lines = new ArrayList<>();
    for (String content : load.content()) {
      StartLine start = StartLine.parse(content);
      if (start == null) {
        lines.add(SeriesLine.parse(content));
      } else {
        starts.put(start.labels(), start);
      }
    }
    for (SeriesLine line : lines) {
      load(line, starts.get(line.labels()), stepMs);
    }
    if (load.variant().equals("load_with_nhcb")) {
      ClassicBuckets.converted(lines).forEach(line -> load(line, null, stepMs));
    }
    return true;
  }

  private void load(SeriesLine line, @Nullable StartLine starts, long stepMs) {
    StoredHints hints = new StoredHints();
    for (int i = 0; i < line.values().size(); i++) {
      SeriesValue value = line.values().get(i);
      if (value == null) {
        continue;
      }
      long timeMs = i * stepMs;
      long startMs = starts == null ? SampleColumns.NO_START : starts.startMs(i, timeMs);
      NativeHistogram histogram = value.histogram();
      if (histogram == null) {
        hints.passFloat();
        series.add(line.labels(), timeMs, value.number(), startMs);
      } else {
        series.add(line.labels(), timeMs, hints.stored(histogram), startMs);
      }
    }
  }

  @Override
  public void clear() {
    series.clear();
  }

  @Override
  public Answer instant(String query, long atMs) {
    return engine.instant(query, atMs, Options.DEFAULT);
  }

  @Override
  public @Nullable String pinned(String query, long atMs) {
    return Pinned.query(query, atMs);
  }

  @Override
  public Answer range(String query, long startMs, long endMs, long stepMs) {
    return engine.range(query, startMs, endMs, stepMs, Options.DEFAULT);
  }
}
