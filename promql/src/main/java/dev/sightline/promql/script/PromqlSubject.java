package dev.sightline.promql.script;

import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries.Options;
import dev.sightline.model.time.SystemClock;
import dev.sightline.promql.eval.QueryEngine;
import dev.sightline.promql.eval.QueryLimits;
import dev.sightline.script.Command;
import dev.sightline.script.Durations;
import dev.sightline.script.ScriptSubject;
import dev.sightline.script.SeriesLine;
import dev.sightline.script.memory.MemorySeries;

/// PromQL over series in memory, as the subject of scripts.
public final class PromqlSubject implements ScriptSubject {
  private final MemorySeries series = new MemorySeries();
  private final QueryEngine engine =
      new QueryEngine(series, QueryLimits.DEFAULT, new SystemClock());

  /// All but native histograms and start times of samples.
  @Override
  public boolean load(Command.Load load) {
    long stepMs = Durations.ms(load.argument());
    boolean complete = load.variant().equals("load");
    for (String content : load.content()) {
      if (content.contains("{{") || content.contains("@st")) {
        complete = false;
      } else {
        load(SeriesLine.parse(content), stepMs);
      }
    }
    return complete;
  }

  private void load(SeriesLine line, long stepMs) {
    long timeMs = 0;
    for (Double value : line.values()) {
      if (value != null) {
        series.add(line.labels(), timeMs, value);
      }
      timeMs += stepMs;
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
  public Answer range(String query, long startMs, long endMs, long stepMs) {
    return engine.range(query, startMs, endMs, stepMs, Options.DEFAULT);
  }
}
