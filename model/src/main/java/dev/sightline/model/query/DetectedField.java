package dev.sightline.model.query;

import java.util.List;

/// A field that lines have beside the labels of their stream.
///
/// @param label as which a query sees it
/// @param parsers that find it in a line, `json` or `logfmt`; none for what lies beside the line
/// @param jsonPath keys that lead to it; empty where no `json` is needed
/// @param values rising, without repetition; those of the lines that were looked at
public record DetectedField(
    String label, Type type, List<String> parsers, List<String> jsonPath, List<String> values) {

  /// What all values can be read as; the narrowest first.
  public enum Type {
    INT,
    FLOAT,
    BOOLEAN,
    DURATION,
    BYTES,
    STRING
  }

  public DetectedField {
    parsers = List.copyOf(parsers);
    jsonPath = List.copyOf(jsonPath);
    values = List.copyOf(values);
  }
}
