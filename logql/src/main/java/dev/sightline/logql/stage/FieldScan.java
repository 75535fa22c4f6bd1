package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Stage;
import dev.sightline.model.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the fields of lines that are JSON objects or logfmt, without being told which. Owned by
/// one thread.
public final class FieldScan {
  private static final int MAX_DEPTH = 100;

  private final JsonScanner json = new JsonScanner();
  private final Line line = new Line(null);
  private final LogfmtStep logfmt = new LogfmtStep(new Stage.Logfmt(true, false, List.of()));

  /// A field of one line.
  ///
  /// @param label what the parser would call it
  /// @param path the keys that lead to it in JSON; otherwise empty
  public record Field(String label, String value, String parser, List<String> path) {}

  /// @return none for a line that is neither; each label once
  public List<Field> fieldsOf(String text) {
    return text.stripLeading().startsWith("{") ? jsonFields(text) : logfmtFields(text);
  }

  private List<Field> jsonFields(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    json.reset(bytes, 0, bytes.length);
    List<Field> fields = new ArrayList<>();
    try {
      object(fields, new HashSet<>(), new ArrayList<>());
      return json.peek() == 0 ? fields : List.of();
    } catch (JsonScanner.Malformed _) {
      return List.of();
    }
  }

  private void object(List<Field> fields, Set<String> labels, List<String> path) {
    if (path.size() > MAX_DEPTH) {
      throw json.malformed("nested deeper than " + MAX_DEPTH + " levels");
    }
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      json.peek();
      json.string();
      path.add(json.tokenText());
      json.expect(':');
      byte next = json.peek();
      if (next == '{') {
        object(fields, labels, path);
      } else {
        json.value();
        String label = NameCache.sanitized(String.join("_", path));
        if (next != '[' && labels.add(label)) {
          fields.add(new Field(label, json.tokenText(), "json", List.copyOf(path)));
        }
      }
      path.removeLast();
    } while (json.accept(','));
    json.expect('}');
  }

  /// Strictly read: text with quotes or `=` astray has no fields.
  private List<Field> logfmtFields(String text) {
    line.setText(text);
    line.labels().reset(Labels.EMPTY, Labels.EMPTY);
    logfmt.apply(line);
    if (!line.labels().error().isEmpty()) {
      return List.of();
    }
    Labels found = line.labels().ofPipeline();
    List<Field> fields = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      fields.add(new Field(found.name(i), found.value(i), "logfmt", List.of()));
    }
    return fields;
  }
}
