package dev.sightline.api.models;

import dev.sightline.api.http.Call;
import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the columns of a table mean as fields of the rows that our API knows.
final class TableColumns {
  private final List<Meaning> meanings;

  /// What tables of one kind may have.
  ///
  /// @param fields names of columns that are fields of a row
  /// @param groups columns that are items of an object in a row, by the prefix of their names
  /// @param texts fields and groups whose values are texts, whatever they look like
  record Kind(Set<String> fields, Map<String, String> groups, Set<String> texts) {
    static final Kind PREDICTIONS =
        new Kind(
            RowReader.PREDICTION,
            Map.of("feature.", "features", "probability.", "probabilities", "tag.", "tags"),
            Set.of("id", "version", "tags"));
    static final Kind TRUTHS =
        new Kind(RowReader.TRUTH, Map.of("key.", "key"), Set.of("id", "key"));
  }

  /// Where the values of a column go.
  ///
  /// @param group object in the row; empty where the column is a field of the row itself
  /// @param name empty where the column is left out
  private record Meaning(String group, String name, boolean text) {}

  private TableColumns(List<Meaning> meanings) {
    this.meanings = meanings;
  }

  /// Reads `map=COLUMN:NAME` and `others`, and finds out what each column is.
  ///
  /// @throws dev.sightline.api.http.ApiException 400
  static TableColumns of(List<String> names, Kind kind, Call call) {
    Map<String, String> renamed = renamed(call, names);
    String others = call.parameter("others");
    List<Meaning> meanings = new ArrayList<>();
    Set<Meaning> taken = new HashSet<>();
    for (String name : names) {
      Meaning meaning = meaning(name, renamed.get(name), others, kind);
      if (!meaning.name.isEmpty() && !taken.add(meaning)) {
        throw ListParameters.bad("map", "two columns are " + shown(meaning) + ", one is " + name);
      }
      meanings.add(meaning);
    }
    return new TableColumns(meanings);
  }

  private static Map<String, String> renamed(Call call, List<String> names) {
    Map<String, String> renamed = new LinkedHashMap<>();
    for (String pair : call.parameters("map")) {
      int colon = pair.lastIndexOf(':');
      if (colon <= 0 || colon == pair.length() - 1) {
        throw ListParameters.bad("map", "must be COLUMN:NAME, not " + pair);
      }
      String column = pair.substring(0, colon);
      if (!names.contains(column)) {
        throw ListParameters.bad("map", "there is no column \"" + column + "\"");
      }
      renamed.put(column, pair.substring(colon + 1));
    }
    return renamed;
  }

  private static Meaning meaning(
      String column, @Nullable String renamed, @Nullable String others, Kind kind) {
    String name = renamed == null ? column : renamed;
    if (kind.fields.contains(name)) {
      return new Meaning("", name, kind.texts.contains(name));
    }
    for (Map.Entry<String, String> group : kind.groups.entrySet()) {
      String prefix = group.getKey();
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        String item = name.substring(prefix.length());
        return new Meaning(group.getValue(), item, kind.texts.contains(group.getValue()));
      }
    }
    if (renamed == null && "ignore".equals(others)) {
      return new Meaning("", "", false);
    }
    if (renamed == null && "feature".equals(others) && kind.equals(Kind.PREDICTIONS)) {
      return new Meaning("features", column, false);
    }
    throw ListParameters.bad(
        renamed == null ? "others" : "map",
        "column \""
            + column
            + "\" would be \""
            + name
            + "\", known are "
            + String.join(", ", kind.fields)
            + " and names that begin with "
            + String.join(", ", new TreeSet<>(kind.groups.keySet())));
  }

  private static String shown(Meaning meaning) {
    return meaning.group.isEmpty() ? meaning.name : meaning.group + "." + meaning.name;
  }

  int count() {
    return meanings.size();
  }

  /// Whether the values of a column are texts, whatever they look like.
  boolean isText(int column) {
    return meanings.get(column).text;
  }

  /// A row in the form in which JSON would have it.
  ///
  /// @param values one for each column
  Datum.Fields row(List<Datum> values) {
    Map<String, Datum> row = new LinkedHashMap<>();
    Map<String, Map<String, Datum>> groups = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Meaning meaning = meanings.get(i);
      Datum value = values.get(i);
      boolean absent = value instanceof Datum.Missing && !meaning.group.equals("features");
      if (meaning.name.isEmpty() || absent) {
        continue;
      }
      if (meaning.group.isEmpty()) {
        row.put(meaning.name, value);
      } else {
        groups
            .computeIfAbsent(meaning.group, _ -> new LinkedHashMap<>())
            .put(meaning.name, meaning.text ? text(value) : value);
      }
    }
    groups.forEach((name, items) -> row.put(name, new Datum.Fields(items)));
    return new Datum.Fields(row);
  }

  /// Numbers and flags of a Parquet file, where texts are wanted.
  private static Datum text(Datum value) {
    return switch (value) {
      case Datum.Amount(double number)
          when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          new Datum.Text(Long.toString((long) number));
      case Datum.Amount(double number) -> new Datum.Text(Double.toString(number));
      case Datum.Flag(boolean flag) -> new Datum.Text(Boolean.toString(flag));
      case Datum.Text _, Datum.Missing _, Datum.Items _, Datum.Fields _ -> value;
    };
  }
}
