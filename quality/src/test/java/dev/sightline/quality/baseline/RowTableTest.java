package dev.sightline.quality.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.model.prediction.PredictionColumns.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTableTest {
  private static Datum.Fields row(Datum feature, Datum prediction) {
    Map<String, Datum> row = new LinkedHashMap<>();
    row.put("x", feature);
    row.put("prediction", prediction);
    return new Datum.Fields(row);
  }

  private static Batch scan(FileTable table, Wanted... wanted) {
    List<Batch> batches = new ArrayList<>();
    table.scan(new Scan("m", 0, 10, null, List.of(wanted), 2), batches::add);
    assertThat(batches).hasSize(1);
    return batches.getFirst();
  }

  @Test
  void valuesKeepTheirTypes() {
    RowTable rows = new RowTable();
    rows.add(row(new Datum.Amount(2), new Datum.Text("b")));
    rows.add(row(new Datum.Flag(true), new Datum.Amount(1.5)));
    rows.add(row(new Datum.Missing(), new Datum.Amount(7)));
    rows.add(row(new Datum.Items(List.of()), new Datum.Text("b")));
    Batch found =
        scan(
            rows.table(),
            new Wanted.Numbers(new Field.Feature("x")),
            new Wanted.Texts(new Field.Feature("x")),
            new Wanted.Texts(new Field.Output()),
            new Wanted.Lists(new Field.Feature("x")));
    assertThat(found.rows()).isEqualTo(4);
    assertThat(((Column.Numbers) found.columns().get(0)).values())
        .containsExactly(2, 1, Double.NaN, Double.NaN);
    assertThat(words(found.columns().get(1))).containsExactly("2", "true", "absent", "absent");
    assertThat(words(found.columns().get(2))).containsExactly("b", "1.5", "other", "b");
    assertThat(((Column.Lists) found.columns().get(3)).values())
        .containsExactly(
            new Datum.Amount(2), new Datum.Flag(true), new Datum.Missing(), new Datum.Missing());
  }

  private static List<String> words(Column column) {
    Column.Texts texts = (Column.Texts) column;
    List<String> words = new ArrayList<>();
    for (int code : texts.codes()) {
      words.add(
          switch (code) {
            case Column.Texts.ABSENT -> "absent";
            case Column.Texts.OTHER -> "other";
            default -> texts.words().get(code);
          });
    }
    return words;
  }

  @Test
  void moreThanThereIsRoomForIsRefused() {
    RowTable rows = new RowTable(new FileRoom(1_000));
    rows.add(row(new Datum.Amount(2), new Datum.Text("b")));
    assertThatThrownBy(
            () -> {
              for (int more = 0; more < 1_000; more++) {
                rows.add(row(new Datum.Amount(2), new Datum.Text("b")));
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the rows take more than 1 MB of memory; send fewer of them");
  }
}
