package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Stage;
import dev.sightline.logql.ast.Stage.LineOperator;
import java.util.ArrayList;
import java.util.List;

/// The stages of a query made ready, one line after the other. Owned by one thread.
public final class Pipeline {
  private final Step[] steps;

  /// @throws dev.sightline.model.query.QueryException.BadQuery for a template that is none
  public Pipeline(List<Stage> stages) {
    this.steps = stages.stream().map(Pipeline::step).toArray(Step[]::new);
  }

  /// @return false if the line falls away; otherwise it is as the last stage left it
  public boolean apply(Line line) {
    for (Step step : steps) {
      if (!step.apply(line)) {
        return false;
      }
    }
    return true;
  }

  private static Step step(Stage stage) {
    return switch (stage) {
      case Stage.LineFilter filter -> new LineFilterStep(filter);
      case Stage.Json(List<Stage.Extraction> extractions) ->
          extractions.isEmpty() ? new JsonStep() : new JsonPathStep(extractions);
      case Stage.Logfmt logfmt -> new LogfmtStep(logfmt);
      case Stage.Regexp(String regex) -> new RegexpStep(regex);
      case Stage.Pattern(String pattern) -> new PatternStep(pattern);
      case Stage.Unpack() -> new UnpackStep();
      case Stage.LineFormat(String template) -> new LineFormatStep(template);
      case Stage.LabelFormat(List<Stage.Assignment> assignments) ->
          new LabelFormatStep(assignments);
      case Stage.Decolorize() -> new DecolorizeStep();
      case Stage.Drop(List<Stage.LabelPick> picks) -> new PickStep(picks, false);
      case Stage.Keep(List<Stage.LabelPick> picks) -> new PickStep(picks, true);
      case Stage.Filter(var condition) -> Conditions.step(condition);
    };
  }

  /// Texts that every line has which passes all stages: what the line filters in front of any
  /// change of the line ask for.
  public static List<String> mustContain(List<Stage> stages) {
    List<String> texts = new ArrayList<>();
    for (Stage stage : stages) {
      switch (stage) {
        case Stage.LineFilter filter -> addRequired(filter, texts);
        case Stage.LineFormat _, Stage.Unpack _, Stage.Decolorize _ -> {
          return texts;
        }
        case Stage.Json _,
            Stage.Logfmt _,
            Stage.Regexp _,
            Stage.Pattern _,
            Stage.LabelFormat _,
            Stage.Drop _,
            Stage.Keep _,
            Stage.Filter _ -> {}
      }
    }
    return texts;
  }

  private static void addRequired(Stage.LineFilter filter, List<String> texts) {
    if (filter.terms().size() > 1 || filter.terms().getFirst().ip()) {
      return;
    }
    String text = filter.terms().getFirst().text();
    if (filter.operator() == LineOperator.CONTAINS && !text.isEmpty()) {
      texts.add(text);
    }
    if (filter.operator() == LineOperator.MATCHES) {
      RequiredTexts required = RequiredTexts.of(text);
      if (required.texts().size() == 1 && !required.folded()) {
        texts.add(required.texts().getFirst());
      }
    }
  }
}
