package dev.sightline.server.ruletest;

import dev.sightline.alerting.rule.Condition;
import dev.sightline.alerting.rule.RuleFileReader;
import dev.sightline.alerting.rule.RuleFiles;
import dev.sightline.alerting.rule.RuleGroup;
import dev.sightline.alerting.state.RuleSet;
import dev.sightline.alerting.state.RuleTrial;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries.Options;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.SystemClock;
import dev.sightline.promql.eval.QueryEngine;
import dev.sightline.promql.eval.QueryLimits;
import dev.sightline.promql.parse.Printer;
import dev.sightline.promql.parse.PromqlParser;
import dev.sightline.script.SeriesLine;
import dev.sightline.script.SeriesValue;
import dev.sightline.script.memory.MemorySeries;
import dev.sightline.server.ruletest.RuleTestFile.Alert;
import dev.sightline.server.ruletest.RuleTestFile.AlertTest;
import dev.sightline.server.ruletest.RuleTestFile.ExprTest;
import dev.sightline.server.ruletest.RuleTestFile.Group;
import dev.sightline.server.ruletest.RuleTestFile.Sample;
import dev.sightline.template.TemplateFunction.Refusal;
import dev.sightline.template.function.PrometheusFunctions;
import dev.sightline.template.function.TemplateQueries;
import dev.sightline.wire.yaml.DurationText;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Runs unit tests of rules: loads series, evaluates the rules moment by moment, and compares
/// alerts and expressions with what a file expects.
public final class RuleTests {
  private static final URI NOWHERE = URI.create("http://localhost/");

  private final RuleTestFile file;
  private final Group group;
  private final MemorySeries series = new MemorySeries();
  private final QueryEngine engine;
  private final List<String> failures = new ArrayList<>();
  private long nowMs;

  private RuleTests(RuleTestFile file, Group group) {
    this.file = file;
    this.group = group;
    QueryLimits limits = QueryLimits.DEFAULT;
    this.engine =
        new QueryEngine(
            series,
            new QueryLimits(
                limits.maxSamples(),
                limits.maxSeries(),
                limits.maxBytes(),
                limits.maxSteps(),
                file.evaluationInterval()),
            new SystemClock());
  }

  /// @return what is not as the file expects; empty if all is
  /// @throws dev.sightline.wire.yaml.ConfigException if a rule file is malformed, with the place
  public static List<String> failures(RuleTestFile file) {
    List<String> failures = new ArrayList<>();
    for (Group group : file.tests()) {
      failures.addAll(new RuleTests(file, group).run());
    }
    return failures;
  }

  private List<String> run() {
    group.series().forEach(this::load);
    RuleTrial trial = new RuleTrial(rules(), this::store);
    List<AlertTest> waiting = new ArrayList<>(group.alerts());
    waiting.sort(Comparator.comparing(AlertTest::at));
    long stepMs = Math.max(1, file.evaluationInterval().toMillis());
    long endMs = group.longest().toMillis();
    for (long passedMs = 0; passedMs <= endMs; passedMs += stepMs) {
      nowMs = group.startMs() + passedMs;
      List<String> broken = trial.evaluate(nowMs);
      if (!broken.isEmpty()) {
        String at = ", time: " + DurationText.format(Duration.ofMillis(passedMs));
        broken.forEach(failure -> failures.add(failure + at));
        return failures;
      }
      while (!waiting.isEmpty() && waiting.getFirst().at().toMillis() < passedMs + stepMs) {
        check(waiting.removeFirst(), trial);
      }
    }
    group.expressions().forEach(this::check);
    return failures;
  }

  private void load(SeriesLine line) {
    for (int i = 0; i < line.values().size(); i++) {
      SeriesValue value = line.values().get(i);
      if (value == null) {
        continue;
      }
      long timeMs = group.startMs() + i * group.interval().toMillis();
      NativeHistogram histogram = value.histogram();
      if (histogram == null) {
        series.add(line.labels(), timeMs, value.number());
      } else {
        series.add(line.labels(), timeMs, histogram, SampleColumns.NO_START);
      }
    }
  }

  private void store(SampleBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      NativeHistogram histogram = batch.histogram(i);
      if (histogram == null) {
        series.add(batch.labels(i), batch.timestampMs(i), batch.value(i));
      } else {
        series.add(batch.labels(i), batch.timestampMs(i), histogram, SampleColumns.NO_START);
      }
    }
  }

  private RuleSet rules() {
    var functions = PrometheusFunctions.of(this::elements, url(), new Moment());
    var reader = new RuleFileReader(Expression::new, functions, file.evaluationInterval());
    List<RuleGroup> groups = new ArrayList<>(RuleFiles.read(file.ruleFiles(), reader));
    groups.sort(Comparator.comparingInt(one -> Math.max(0, place(one.name()))));
    return new RuleSet(groups, group.externalLabels(), url());
  }

  private int place(String name) {
    return file.groupOrder().indexOf(name);
  }

  private URI url() {
    return group.externalUrl().isEmpty() ? NOWHERE : URI.create(group.externalUrl());
  }

  private List<TemplateQueries.Element> elements(String expression) {
    try {
      return points(expression, nowMs).stream()
          .map(point -> new TemplateQueries.Element(point.labels(), point.value()))
          .toList();
    } catch (QueryException failure) {
      throw new Refusal(String.valueOf(failure.getMessage()));
    }
  }

  private List<Answer.Point> points(String expression, long atMs) {
    Answer answer = engine.instant(expression, atMs, Options.DEFAULT);
    return switch (answer.result()) {
      case Answer.Vector vector -> vector.points();
      case Answer.Scalar scalar -> List.of(new Answer.Point(Labels.EMPTY, atMs, scalar.value()));
      case Answer.Text _, Answer.Matrix _ ->
          throw new QueryException.Failed("rule result is not a vector or scalar");
    };
  }

  private void check(AlertTest test, RuleTrial trial) {
    List<Alert> got = new ArrayList<>();
    trial
        .firing(test.alertname())
        .forEach(alert -> got.add(new Alert(alert.labels(), alert.annotations())));
    List<Alert> expected = new ArrayList<>(test.expected());
    Comparator<Alert> order = Comparator.comparing(Alert::labels).thenComparing(Alert::annotations);
    got.sort(order);
    expected.sort(order);
    if (!got.equals(expected)) {
      fail(
          "alertname: " + test.alertname() + ", time: " + DurationText.format(test.at()),
          expected,
          got);
    }
  }

  private void check(ExprTest test) {
    String about = "expr: \"" + test.expression() + "\", time: " + DurationText.format(test.at());
    List<Sample> got = new ArrayList<>();
    try {
      for (Answer.Point point : points(test.expression(), group.startMs() + test.at().toMillis())) {
        got.add(
            new Sample(point.labels(), new SeriesValue(point.value(), point.histogram(), false)));
      }
    } catch (QueryException failure) {
      failures.add(about + ", err: " + failure.getMessage());
      return;
    }
    List<Sample> expected = new ArrayList<>(test.expected());
    got.sort(Comparator.comparing(Sample::labels));
    expected.sort(Comparator.comparing(Sample::labels));
    boolean same = got.size() == expected.size();
    for (int i = 0; same && i < got.size(); i++) {
      same =
          got.get(i).labels().equals(expected.get(i).labels())
              && same(expected.get(i).value(), got.get(i).value());
    }
    if (!same) {
      fail(about, expected, got);
    }
  }

  private boolean same(SeriesValue want, SeriesValue got) {
    NativeHistogram wanted = want.histogram();
    NativeHistogram found = got.histogram();
    if (wanted != null && found != null) {
      return wanted.compacted().sameAs(found.compacted());
    }
    double a = want.number();
    double b = got.number();
    return wanted == null
        && found == null
        && (a == b || (file.fuzzy() && (Math.nextUp(a) == b || Math.nextDown(a) == b)));
  }

  private void fail(String about, List<?> expected, List<?> got) {
    String name = group.name().isEmpty() ? "" : "name: " + group.name() + ", ";
    failures.add(name + about + ",\n        exp: " + expected + ",\n        got: " + got);
  }

  /// The moment of evaluation, for templates.
  private final class Moment implements Clock {
    @Override
    public long nowMs() {
      return nowMs;
    }

    @Override
    public long monotonicNs() {
      return nowMs * 1_000_000;
    }
  }

  /// An expression of a rule.
  private final class Expression implements Condition {
    private final String source;
    private final String text;

    Expression(String source) {
      this.source = source;
      this.text = Printer.print(PromqlParser.parse(source));
    }

    @Override
    public String text() {
      return text;
    }

    @Override
    public List<Breach> evaluate(long atMs) {
      return points(source, atMs).stream().map(Breach::of).toList();
    }
  }
}
