package dev.sightline.predictions.engine;

import dev.sightline.model.query.Position;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Says of a text whether it is one SELECT that only reads, as DuckDB's own parser understands it.
///
/// DuckDB turns SELECT statements alone into JSON; in that tree every query must be of a kind that
/// reads (a WITH may hold a DELETE), and every function that stands in the place of a table one of
/// those that make rows of what they are given: others read files, set what is logged where, or
/// execute what the tree does not show.
final class SqlCheck {
  private static final Set<String> QUERIES =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

  private static final Set<String> TABLE_FUNCTIONS =
      Set.of("range", "generate_series", "unnest", "repeat", "json_each", "json_tree");

  private static final String ONLY_SELECT =
      "only a SELECT (also WITH … SELECT) that changes nothing is answered";

  private static final String PARSE =
      "SELECT json_extract_string(j, '$.error'), json_extract_string(j, '$.error_type'),"
          + " json_extract_string(j, '$.error_message'), json_extract_string(j, '$.position'),"
          + " json_array_length(j, '$.statements') FROM (SELECT json_serialize_sql(?) AS j)";

  private static final String WALK =
      "SELECT kind, coalesce(json_extract_string(value, '$.table_name'),"
          + " json_extract_string(value, '$.function.function_name'), '')"
          + " FROM (SELECT value, json_extract_string(value, '$.type') AS kind"
          + " FROM json_tree(json_serialize_sql(?)) WHERE type = 'OBJECT')"
          + " WHERE kind IN ('BASE_TABLE', 'SHOW_REF', 'TABLE_FUNCTION') OR suffix(kind, '_NODE')";

  private SqlCheck() {}

  /// @param connection to parse with, not to execute anything else
  /// @return the names of the tables that it reads, those that it makes itself included
  /// @throws SqlRefused if it is none
  static List<String> tables(Connection connection, String sql) throws SQLException {
    requireOneSelect(connection, sql);
    List<String> tables = new ArrayList<>();
    try (PreparedStatement walk = connection.prepareStatement(WALK)) {
      walk.setString(1, sql);
      try (ResultSet found = walk.executeQuery()) {
        while (found.next()) {
          String kind = found.getString(1);
          String name = found.getString(2);
          if (kind.equals("SHOW_REF")) {
            tables.add(SqlViews.ALL); // it may show them all
          } else if (kind.equals("BASE_TABLE")) {
            tables.add(name);
          } else if (kind.equals("TABLE_FUNCTION") && !TABLE_FUNCTIONS.contains(name)) {
            throw new SqlRefused(
                "the function " + name + " is not allowed in the place of a table");
          } else if (kind.endsWith("_NODE") && !QUERIES.contains(kind)) {
            throw new SqlRefused(ONLY_SELECT);
          }
        }
      }
    }
    return tables;
  }

  private static void requireOneSelect(Connection connection, String sql) throws SQLException {
    try (PreparedStatement check = connection.prepareStatement(PARSE)) {
      check.setString(1, sql);
      try (ResultSet found = check.executeQuery()) {
        found.next();
        if ("true".equals(found.getString(1))) {
          throw new SqlRefused(
              "parser".equals(found.getString(2)) ? misspelt(sql, found) : ONLY_SELECT);
        }
        long statements = found.getLong(5);
        if (statements != 1) {
          throw new SqlRefused(
              statements == 0
                  ? "there is no statement"
                  : "one statement is answered at a time, not " + statements);
        }
      }
    }
  }

  private static String misspelt(String sql, ResultSet found) throws SQLException {
    String message = found.getString(3);
    String position = found.getString(4);
    if (position == null) {
      return message;
    }
    byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
    int bytes = Math.clamp(Long.parseLong(position), 0, utf8.length);
    int start = new String(utf8, 0, bytes, StandardCharsets.UTF_8).length();
    return new Position(start, start).in(sql) + ": " + message;
  }
}
