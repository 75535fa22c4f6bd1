package dev.sightline.template;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a template works on: the kinds of value of Go's templates that occur in ours.
public sealed interface Value {
  /// Nothing, which prints as `<no value>`.
  record Nil() implements Value {}

  record Bool(boolean value) implements Value {}

  record Whole(long value) implements Value {}

  record Real(double value) implements Value {}

  record Text(String value) implements Value {}

  record Moment(Instant instant) implements Value {}

  record Span(Duration duration) implements Value {}

  /// @param methods what can be called on it, as in `.Alerts.Firing`
  record Sequence(List<Value> elements, Map<String, TemplateFunction> methods) implements Value {
    public Sequence {
      elements = List.copyOf(elements);
      methods = Map.copyOf(methods);
    }

    public Sequence(List<Value> elements) {
      this(elements, Map.of());
    }
  }

  /// @param entries by key, visited in the order of keys
  /// @param absent what a key that is not there yields
  record Mapping(Map<String, Value> entries, Value absent, Map<String, TemplateFunction> methods)
      implements Value {
    public Mapping {
      entries = new TreeMap<>(entries);
      methods = Map.copyOf(methods);
    }

    public Mapping(Map<String, Value> entries, Value absent) {
      this(entries, absent, Map.of());
    }

    /// Texts by name; a name that is not there yields the empty text.
    public static Mapping ofTexts(Map<String, String> texts) {
      Map<String, Value> entries = new TreeMap<>();
      texts.forEach((name, text) -> entries.put(name, new Text(text)));
      return new Mapping(entries, new Text(""));
    }
  }

  /// A value of named parts; a name that is not there is a mistake of the template.
  ///
  /// @param type its name in messages
  record Structure(String type, Map<String, Value> fields, Map<String, TemplateFunction> methods)
      implements Value {
    public Structure {
      fields = new TreeMap<>(fields);
      methods = Map.copyOf(methods);
    }

    public Structure(String type, Map<String, Value> fields) {
      this(type, fields, Map.of());
    }
  }

  static Value of(boolean value) {
    return new Bool(value);
  }

  static Value nil() {
    return new Nil();
  }

  /// Whether `if` takes it for true: neither zero nor empty nor nothing.
  default boolean isTrue() {
    return switch (this) {
      case Nil _ -> false;
      case Bool(boolean value) -> value;
      case Whole(long value) -> value != 0;
      case Real(double value) -> value != 0;
      case Text(String value) -> !value.isEmpty();
      case Moment _, Structure _ -> true;
      case Span(Duration duration) -> !duration.isZero();
      case Sequence sequence -> !sequence.elements().isEmpty();
      case Mapping mapping -> !mapping.entries().isEmpty();
    };
  }

  /// The name of its type in Go, which messages and `%T` show.
  default String type() {
    return switch (this) {
      case Nil _ -> "nil";
      case Bool _ -> "bool";
      case Whole _ -> "int";
      case Real _ -> "float64";
      case Text _ -> "string";
      case Moment _ -> "time.Time";
      case Span _ -> "time.Duration";
      case Sequence _ -> "[]interface {}";
      case Mapping _ -> "map[string]interface {}";
      case Structure structure -> structure.type();
    };
  }
}
