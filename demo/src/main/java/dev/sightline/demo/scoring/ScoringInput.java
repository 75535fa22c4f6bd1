package dev.sightline.demo.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The column `text` of a call, out of any of the forms in which a call may send its rows.
///
/// | Form                | Example                                                 |
/// |---------------------|---------------------------------------------------------|
/// | `dataframe_split`   | `{"columns": ["text"], "data": [["good"], ["bad"]]}`    |
/// | `dataframe_records` | `[{"text": "good"}, {"text": "bad"}]`                   |
/// | `instances`         | `["good", "bad"]`, `[["good"]]` or `[{"text": "good"}]` |
/// | `inputs`            | the same, or `{"text": ["good", "bad"]}`                |
/// | CSV                 | a line `text`, then a line for each row                 |
///
/// Other columns are let pass and not looked at, as are `params` and other keys beside the form.
final class ScoringInput {
  static final String COLUMN = "text";
  private static final List<String> FORMS =
      List.of("dataframe_split", "dataframe_records", "instances", "inputs");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private ScoringInput() {}

  /// @return one text for each row, null where the row has none
  static List<@Nullable String> ofJson(byte[] body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JacksonException failure) {
      throw badRequest("The body is not JSON: " + failure.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw badRequest(
          "The body must be a JSON object with one of " + FORMS + ", not " + kind(root) + ".");
    }
    List<String> found = FORMS.stream().filter(root::has).toList();
    if (found.size() != 1) {
      throw badRequest("The body must have exactly one of " + FORMS + ", but has " + found + ".");
    }
    JsonNode rows = root.get(found.getFirst());
    return switch (found.getFirst()) {
      case "dataframe_split" -> split(rows);
      case "dataframe_records" -> records(rows);
      default -> rows.isObject() ? columns(rows) : list(found.getFirst(), rows);
    };
  }

  static List<@Nullable String> ofCsv(String body) {
    CsvTable table = CsvTable.parse(body);
    int column = indexOf(table.columns());
    List<@Nullable String> texts = new ArrayList<>();
    for (List<String> row : table.rows()) {
      texts.add(row.get(column).isEmpty() ? null : row.get(column));
    }
    return texts;
  }

  private static List<@Nullable String> split(JsonNode split) {
    if (!split.isObject() || !split.path("data").isArray()) {
      throw badRequest("dataframe_split must be an object with a list 'data', and 'columns'.");
    }
    List<String> columns = new ArrayList<>();
    split.path("columns").forEach(column -> columns.add(column.asString("")));
    List<@Nullable String> texts = new ArrayList<>();
    int column = indexOf(columns);
    for (JsonNode row : split.get("data")) {
      if (!row.isArray() || row.size() != columns.size()) {
        throw badRequest(
            "Row %d of dataframe_split must be a list of %d values, one for each column."
                .formatted(texts.size() + 1, columns.size()));
      }
      texts.add(text(row.get(column)));
    }
    return texts;
  }

  private static List<@Nullable String> records(JsonNode records) {
    if (!records.isArray()) {
      throw badRequest("dataframe_records must be a list of objects, not " + kind(records) + ".");
    }
    List<@Nullable String> texts = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode row : records) {
      if (!row.isObject()) {
        throw invalid(
            "dataframe_records must hold objects with a '" + COLUMN + "', not " + kind(row));
      }
      names.addAll(row.propertyNames());
      texts.add(text(row.path(COLUMN)));
    }
    indexOf(List.copyOf(names));
    return texts;
  }

  private static List<@Nullable String> columns(JsonNode columns) {
    indexOf(List.copyOf(columns.propertyNames()));
    JsonNode column = columns.get(COLUMN);
    if (!column.isArray()) {
      return onlyOne(column);
    }
    List<@Nullable String> texts = new ArrayList<>();
    column.forEach(value -> texts.add(text(value)));
    return texts;
  }

  private static List<@Nullable String> list(String form, JsonNode rows) {
    if (!rows.isArray()) {
      throw invalid(form + " must be a list or an object of columns, not " + kind(rows));
    }
    if (!rows.isEmpty() && rows.get(0).isObject()) {
      return records(rows);
    }
    List<@Nullable String> texts = new ArrayList<>();
    for (JsonNode row : rows) {
      texts.add(text(row.isArray() && row.size() == 1 ? row.get(0) : row));
    }
    return texts;
  }

  private static List<@Nullable String> onlyOne(JsonNode value) {
    List<@Nullable String> texts = new ArrayList<>();
    texts.add(text(value));
    return texts;
  }

  private static @Nullable String text(JsonNode value) {
    if (value.isNull()
        || value.isMissingNode()
        || (value.isNumber() && Double.isNaN(value.asDouble()))) {
      return null;
    }
    if (value.isContainer()) {
      throw invalid("A '" + COLUMN + "' must be a text, not " + kind(value));
    }
    return value.asString();
  }

  private static int indexOf(List<String> columns) {
    int index = columns.indexOf(COLUMN);
    if (index < 0) {
      throw invalid("The model needs a column '" + COLUMN + "'; the columns are " + columns);
    }
    return index;
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "a truth value";
      case NULL -> "null";
      case MISSING, BINARY, POJO -> "nothing";
    };
  }

  private static ScoringException badRequest(String message) {
    return new ScoringException(ErrorCode.BAD_REQUEST, message);
  }

  private static ScoringException invalid(String message) {
    return new ScoringException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
