package dev.sightline.logql.stage;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.template.Template;
import dev.sightline.template.TemplateException;
import dev.sightline.template.TemplateFunction;
import dev.sightline.template.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A template that is expanded for each line: its data are the labels. Owned by one thread.
final class LineTemplate {
  private static final String ERROR_KIND = "TemplateFormatErr";
  private static final Template.Limits LIMITS = new Template.Limits(262_144, 20_000, 20);

  private final Template template;
  private @Nullable Line line;

  /// @param what is formatted, for messages
  /// @throws QueryException.BadQuery if the text is no template
  LineTemplate(String source, String what) {
    Map<String, TemplateFunction> functions = new HashMap<>(TemplateFunctions.ALL);
    functions.put("__line__", TemplateFunction.of(0, _ -> new Value.Text(current().text())));
    functions.put("__timestamp__", TemplateFunction.of(0, _ -> timestamp()));
    try {
      this.template = Template.parse(source, functions);
    } catch (TemplateException bad) {
      throw new QueryException.BadQuery(
          new Position(0, 0), "parse error : invalid " + what + " template: " + bad.getMessage());
    }
  }

  /// @return null if it cannot be expanded; the line then has an error
  @Nullable String expand(Line line) {
    this.line = line;
    try {
      return template.expand(Value.Mapping.ofTexts(line.labels().all().toMap()), LIMITS);
    } catch (TemplateException failure) {
      line.labels().fail(ERROR_KIND, String.valueOf(failure.getMessage()));
      return null;
    }
  }

  private Line current() {
    Line known = line;
    if (known == null) {
      throw new TemplateFunction.Refusal("there is no line");
    }
    return known;
  }

  private Value timestamp() {
    long ns = current().timestampNs();
    return new Value.Moment(
        Instant.ofEpochSecond(
            Math.floorDiv(ns, 1_000_000_000L), Math.floorMod(ns, 1_000_000_000L)));
  }
}
