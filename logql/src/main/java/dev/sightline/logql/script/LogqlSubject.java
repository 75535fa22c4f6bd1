package dev.sightline.logql.script;

import dev.sightline.logql.eval.LogQueryEngine;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.logql.parse.LogqlParser;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.LogAnswer;
import dev.sightline.model.query.LogQueries.Options;
import dev.sightline.model.query.LogQueries.Range;
import dev.sightline.model.series.ValueText;
import dev.sightline.model.time.SystemClock;
import dev.sightline.script.Command;
import dev.sightline.script.Durations;
import dev.sightline.script.ScriptSubject;
import dev.sightline.script.memory.MemoryLogs;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// LogQL over lines in memory, as the subject of scripts.
public final class LogqlSubject implements ScriptSubject {
  private static final long NS_PER_MS = 1_000_000;

  private final MemoryLogs logs = new MemoryLogs();
  private final LogQueryEngine engine =
      new LogQueryEngine(logs, LogQueryLimits.DEFAULT, new SystemClock());

  @Override
  public boolean load(Command.Load load) {
    LogBatch batch = new LogBatch();
    for (String content : load.content()) {
      int end = content.indexOf("} ");
      Labels stream = labels(content.substring(0, end + 1));
      String[] timeAndLine = content.substring(end + 2).split(" ", 2);
      String line = timeAndLine[1];
      Labels metadata = Labels.EMPTY;
      if (line.startsWith("meta{")) {
        int close = line.indexOf("} ");
        metadata = labels(line.substring("meta".length(), close + 1));
        line = line.substring(close + 2);
      }
      add(
          batch,
          stream,
          timeAndLine[0],
          line.replace("\\n", "\n").replace("\\e", "\u001b"),
          metadata);
    }
    logs.append(batch);
    return true;
  }

  private static void add(
      LogBatch batch, Labels stream, String time, String line, Labels metadata) {
    String[] parts = time.split("[+*]");
    int count = parts.length == 3 ? Integer.parseInt(parts[2]) : 1;
    long stepMs = parts.length == 3 ? Durations.ms(parts[1]) : 0;
    for (int i = 0; i < count; i++) {
      long timeNs = (Durations.ms(parts[0]) + i * stepMs) * NS_PER_MS;
      batch.add(stream, timeNs, line.getBytes(StandardCharsets.UTF_8), metadata);
    }
  }

  private static Labels labels(String selector) {
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    for (Matcher matcher : LogqlParser.parseSelector(selector)) {
      labels.set(matcher.name(), matcher.value());
    }
    return labels.build();
  }

  @Override
  public void clear() {
    logs.clear();
  }

  @Override
  public Answer instant(String query, long atMs) {
    return values(engine.instant(query, atMs * NS_PER_MS, Options.DEFAULT));
  }

  @Override
  public Answer range(String query, long startMs, long endMs, long stepMs) {
    Range range =
        new Range(
            startMs * NS_PER_MS, endMs * NS_PER_MS, stepMs * NS_PER_MS, 0, 100, Direction.FORWARD);
    return values(engine.range(query, range, Options.DEFAULT));
  }

  private static Answer values(LogAnswer answer) {
    return new Answer(((LogAnswer.Values) answer.result()).result(), List.of(), List.of());
  }

  @Override
  public List<String> lines(Command.EvalLines eval) {
    Range range =
        new Range(
            eval.startMs() * NS_PER_MS,
            eval.endMs() * NS_PER_MS,
            1,
            0,
            eval.limit(),
            eval.forward() ? Direction.FORWARD : Direction.BACKWARD);
    LogAnswer answer = engine.range(eval.query(), range, Options.DEFAULT);
    return ((LogAnswer.Lines) answer.result()).entries().stream().map(LogqlSubject::text).toList();
  }

  private static String text(LogAnswer.Entry entry) {
    String seconds = ValueText.forJson(entry.timestampNs() / 1e9) + "s";
    return seconds + " " + entry.labels() + " " + entry.line().replace("\n", "\\n");
  }
}
