package dev.sightline.api.sql;

import dev.sightline.model.query.SqlQueries;
import dev.sightline.model.query.SqlQueries.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer of SQL, gathered whole before the first byte of it is sent: only then is it known
/// whether there is one, and whether it is whole. Used by one thread.
public final class SqlTable implements SqlQueries.Rows {
  private List<Column> columns = List.of();
  private final List<List<@Nullable String>> rows = new ArrayList<>();

  @Override
  public void columns(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public void row(List<@Nullable String> values) {
    rows.add(values);
  }

  List<Column> columns() {
    return columns;
  }

  List<List<@Nullable String>> rows() {
    return rows;
  }
}
