package dev.sightline.logql.detect;

import dev.sightline.logql.stage.FieldScan;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.DetectedField;
import dev.sightline.model.query.LogAnswer.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds out which fields lines have: in their metadata, in labels that the query made, and in
/// lines that are JSON or logfmt. Owned by one thread.
public final class FieldDetector {
  private static final String EXTRACTED = "_extracted";

  private final int mostFields;
  private final FieldScan scan = new FieldScan();
  private final Map<String, Found> fields = new TreeMap<>();

  /// @param mostFields further ones are left out
  public FieldDetector(int mostFields) {
    this.mostFields = mostFields;
  }

  /// What is known of a field so far.
  private static final class Found {
    private final Set<String> parsers = new TreeSet<>();
    private final Set<String> values = new TreeSet<>();
    private final ValueTypes types = new ValueTypes();
    private List<String> jsonPath = List.of();
  }

  public void add(Entry entry) {
    beside(entry.metadata(), entry.stream());
    beside(entry.parsed(), Labels.EMPTY);
    for (FieldScan.Field field : scan.fieldsOf(entry.line())) {
      boolean taken = entry.stream().has(field.label()) || entry.metadata().has(field.label());
      // A label that the query's own parser has made is the same field.
      String label = taken ? field.label() + EXTRACTED : field.label();
      Found found = found(label, field.value());
      if (found != null) {
        found.parsers.add(field.parser());
        found.jsonPath = field.path();
      }
    }
  }

  private void beside(Labels labels, Labels above) {
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      found(above.has(name) ? name + EXTRACTED : name, labels.value(i));
    }
  }

  private @Nullable Found found(String label, String value) {
    if (label.startsWith("__") || (!fields.containsKey(label) && fields.size() >= mostFields)) {
      return null;
    }
    Found found = fields.computeIfAbsent(label, _ -> new Found());
    if (found.values.add(value)) {
      found.types.narrow(value);
    }
    return found;
  }

  /// Those that were found, by label.
  public List<DetectedField> fields() {
    List<DetectedField> all = new ArrayList<>();
    fields.forEach(
        (label, found) ->
            all.add(
                new DetectedField(
                    label,
                    found.types.narrowest(),
                    new ArrayList<>(found.parsers),
                    found.jsonPath,
                    new ArrayList<>(found.values))));
    return all;
  }
}
