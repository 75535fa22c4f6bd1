package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Stage.Extraction;
import dev.sightline.logql.parse.JsonPath;
import java.util.List;

/// `json a="x.y[0]"`: single values of a line become labels; objects and arrays as their text.
final class JsonPathStep implements Step {
  private final JsonScanner json = new JsonScanner();
  private final List<Wanted> wanted;

  private record Wanted(String label, JsonPath path) {}

  JsonPathStep(List<Extraction> extractions) {
    this.wanted =
        extractions.stream()
            .map(extraction -> new Wanted(extraction.label(), JsonPath.of(extraction.expression())))
            .toList();
  }

  @Override
  public boolean apply(Line line) {
    LineLabels labels = line.labels();
    labels.beginParser();
    try {
      json.reset(line.bytes(), line.start(), line.end());
      json.value();
      if (json.peek() != 0) {
        throw json.malformed("expected the end");
      }
      for (Wanted one : wanted) {
        json.reset(line.bytes(), line.start(), line.end());
        labels.found(one.label, isFound(one.path) ? text() : "");
      }
    } catch (JsonScanner.Malformed bad) {
      labels.fail(JsonStep.ERROR_KIND, String.valueOf(bad.getMessage()));
    }
    return true;
  }

  private String text() {
    json.value();
    return json.tokenText();
  }

  /// Moves to the value, if it is there.
  private boolean isFound(JsonPath path) {
    for (JsonPath.Step step : path.steps()) {
      boolean found =
          switch (step) {
            case JsonPath.Key(String name) -> key(name);
            case JsonPath.Index(int index) -> element(index);
          };
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private boolean key(String name) {
    if (!json.accept('{') || json.peek() == '}') {
      return false;
    }
    do {
      json.peek();
      json.string();
      boolean found = json.tokenText().equals(name);
      json.expect(':');
      if (found) {
        return true;
      }
      json.value();
    } while (json.accept(','));
    return false;
  }

  private boolean element(int index) {
    if (!json.accept('[') || json.peek() == ']') {
      return false;
    }
    for (int i = 0; i < index; i++) {
      json.value();
      if (!json.accept(',')) {
        return false;
      }
    }
    return true;
  }
}
