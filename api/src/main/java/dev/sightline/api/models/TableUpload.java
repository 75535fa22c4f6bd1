package dev.sightline.api.models;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Reply;
import dev.sightline.api.models.JsonFields.RowException;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.wire.csv.CellValue;
import dev.sightline.wire.csv.CsvException;
import dev.sightline.wire.csv.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes a table that a client sends, CSV or Parquet, row by row while it comes: memory holds one
/// batch of it. Used once, by the thread of the call.
final class TableUpload<T> {
  static final String CSV = "text/csv";
  static final Set<String> PARQUET =
      Set.of("application/vnd.apache.parquet", "application/x-parquet", "application/parquet");

  private static final int BATCH_ROWS = 2_000;
  private static final int BATCH_CHARACTERS = 4 << 20;

  private final Call call;
  private final TableColumns.Kind kind;
  private final Intake<T> intake;
  private final Refusals refusals = new Refusals();
  private final List<T> rows = new ArrayList<>();
  private final List<Integer> indexes = new ArrayList<>();
  private long characters;
  private int sent;
  private int taken;
  private @Nullable TableColumns columns;

  TableUpload(Call call, TableColumns.Kind kind, Intake<T> intake) {
    this.call = call;
    this.kind = kind;
    this.intake = intake;
  }

  /// @param mediaType in lower case
  static boolean isTable(String mediaType) {
    return mediaType.equals(CSV) || PARQUET.contains(mediaType);
  }

  /// @throws ApiException 4xx or 503 if reading or storing had to end early; it says how many rows
  ///   were kept by then
  Reply csv() {
    return received(
        () -> {
          CsvReader reader = new CsvReader(call.stream());
          CsvReader.Line names = reader.next();
          if (names == null || names.problem() != null) {
            throw new ApiException(
                ApiError.badData(
                    names == null
                        ? "the body is empty; expected CSV with a line of names"
                        : "the line of names " + names.problem()));
          }
          columns = TableColumns.of(names.cells(), kind, call);
          for (CsvReader.Line line = reader.next(); line != null; line = reader.next()) {
            add(line, columns);
          }
        });
  }

  /// @throws ApiException as [#csv]
  Reply parquet(ParquetTables tables) {
    return received(() -> tables.read(call.stream(), this::add));
  }

  private Reply received(Runnable work) {
    try {
      work.run();
      flush();
    } catch (CsvException | ParquetTables.UnreadableException broken) {
      throw endedEarly(ApiError.badData(String.valueOf(broken.getMessage())));
    } catch (ApiException failure) {
      throw endedEarly(failure.error());
    } catch (StoreUnavailableException full) {
      throw endedEarly(ApiError.unavailable(String.valueOf(full.getMessage())));
    }
    return Receipts.of(sent, refusals, json -> intake.writeTo(json, sent, refusals.count()));
  }

  private ApiException endedEarly(ApiError error) {
    String message =
        taken == 0
            ? error.message()
            : error.message() + "; " + taken + " rows before it are stored";
    return new ApiException(new ApiError(error.status(), error.errorType(), message));
  }

  private void add(CsvReader.Line line, TableColumns columns) {
    String problem = line.problem();
    List<String> cells = line.cells();
    if (problem == null && cells.size() != columns.count()) {
      problem = "has " + cells.size() + " cells for " + columns.count() + " columns";
    }
    if (problem != null) {
      refusals.add(sent++, "line " + line.line() + " " + problem);
      return;
    }
    List<Datum> values = new ArrayList<>(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      characters += cell.length();
      values.add(columns.isText(i) && !cell.isEmpty() ? new Datum.Text(cell) : CellValue.of(cell));
    }
    add(columns.row(values), "line " + line.line() + ", ");
  }

  private void add(Datum.Fields row) {
    TableColumns known = columns;
    if (known == null) {
      known = TableColumns.of(List.copyOf(row.values().keySet()), kind, call);
      columns = known;
    }
    characters += 32L * known.count();
    add(known.row(List.copyOf(row.values().values())), "");
  }

  private void add(Datum.Fields row, String place) {
    int index = sent++;
    try {
      rows.add(intake.read(row));
      indexes.add(index);
    } catch (RowException bad) {
      refusals.add(index, place + "column " + bad.text());
    }
    if (rows.size() >= BATCH_ROWS || characters >= BATCH_CHARACTERS) {
      flush();
    }
  }

  private void flush() {
    if (!rows.isEmpty()) {
      int before = refusals.count();
      intake.take(rows, indexes, refusals);
      taken += rows.size() - (refusals.count() - before);
      rows.clear();
      indexes.clear();
    }
    characters = 0;
  }
}
