package dev.sightline.api.sql;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.query.SqlQueries.Column;
import dev.sightline.model.query.SqlQueries.Outcome;
import dev.sightline.model.query.SqlQueries.Truncation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How an answer of SQL is written.
public enum SqlFormat {
  /// One object with columns and rows, and what there is to say of them.
  JSON("application/json"),
  /// A line of names, then the rows.
  CSV("text/csv"),
  /// An object a line, by the names of the columns.
  NDJSON("application/x-ndjson");

  private final String mediaType;

  SqlFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /// As in `Accept`.
  public String mediaType() {
    return mediaType;
  }

  String contentType() {
    return mediaType + "; charset=utf-8";
  }

  /// The first that a caller names; JSON where none is.
  ///
  /// @param accept the header, or null
  static SqlFormat accepted(@Nullable String accept) {
    if (accept == null) {
      return JSON;
    }
    for (String range : accept.split(",", -1)) {
      String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      for (SqlFormat format : values()) {
        if (format.mediaType.equals(type)) {
          return format;
        }
      }
    }
    return JSON;
  }

  /// Writes the answer, and flushes.
  public void write(SqlTable table, Outcome outcome, OutputStream out) throws IOException {
    switch (this) {
      case JSON -> {
        JsonWriter json = new JsonWriter(out);
        writeJson(table, outcome, json);
        json.flush();
      }
      case NDJSON -> {
        JsonWriter json = new JsonWriter(out);
        for (List<@Nullable String> row : table.rows()) {
          writeLine(table.columns(), row, json);
        }
        json.flush();
      }
      case CSV -> {
        Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        List<@Nullable String> names = new ArrayList<>();
        table.columns().forEach(column -> names.add(column.name()));
        writeCells(names, csv);
        for (List<@Nullable String> row : table.rows()) {
          writeCells(row, csv);
        }
        csv.flush();
      }
    }
  }

  private static void writeJson(SqlTable table, Outcome outcome, JsonWriter json) {
    json.beginObject().name("columns").beginArray();
    for (Column column : table.columns()) {
      json.beginObject().name("name").value(column.name());
      json.name("type").value(column.type()).endObject();
    }
    json.endArray().name("rows").beginArray();
    for (List<@Nullable String> row : table.rows()) {
      json.beginArray();
      for (int i = 0; i < row.size(); i++) {
        writeValue(table.columns().get(i), row.get(i), json);
      }
      json.endArray();
    }
    json.endArray().name("truncated");
    if (outcome.truncation() == Truncation.NONE) {
      json.value(false);
    } else {
      json.value(outcome.truncation().name().toLowerCase(Locale.ROOT));
    }
    json.name("unread").value(outcome.unread()).endObject();
  }

  private static void writeLine(List<Column> columns, List<@Nullable String> row, JsonWriter json) {
    json.beginObject();
    for (int i = 0; i < row.size(); i++) {
      json.name(columns.get(i).name());
      writeValue(columns.get(i), row.get(i), json);
    }
    json.endObject().newLine();
  }

  private static void writeValue(Column column, @Nullable String value, JsonWriter json) {
    if (value == null) {
      json.nullValue();
      return;
    }
    switch (column.kind()) {
      case NUMBER -> {
        if (isJsonNumber(value)) {
          json.number(value);
        } else {
          json.value(value); // NaN and the infinities
        }
      }
      case FLAG -> json.value(value.equals("true"));
      case TEXT -> json.value(value);
    }
  }

  private static boolean isJsonNumber(String value) {
    char last = value.charAt(value.length() - 1);
    return last >= '0' && last <= '9';
  }

  private static void writeCells(List<@Nullable String> cells, Writer csv) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        csv.write(',');
      }
      String cell = cells.get(i);
      if (cell != null) {
        csv.write(quoted(cell));
      }
    }
    csv.write('\n');
  }

  /// An empty text is quoted, so that it is not taken for none.
  private static String quoted(String cell) {
    boolean plain =
        !cell.isEmpty()
            && cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
