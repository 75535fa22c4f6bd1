package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionDeletions.Deletion;
import dev.sightline.model.prediction.PredictionDeletions.Selection;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.query.SqlQueries;
import dev.sightline.model.query.SqlQueries.Column;
import dev.sightline.model.query.SqlQueries.Outcome;
import dev.sightline.model.query.SqlQueries.Question;
import dev.sightline.model.query.SqlQueries.Truncation;
import dev.sightline.model.time.SystemClock;
import dev.sightline.predictions.engine.Engine;
import dev.sightline.predictions.erase.IdHashes;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real engine over a real store: what statements see, and what they cannot do.
class PredictionSqlTest {
  private static final long NOW_MS = 1_750_000_000_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path directory;
  private static final FakeClock CLOCK = new FakeClock(NOW_MS);
  private static PredictionStore store;
  private static ParquetFiles parquet;
  private static PredictionSql sql;

  /// Rows in a Parquet file, in a part without one, and in memory; truths before and after.
  @BeforeAll
  static void fill() {
    DiskFileSystem files = new DiskFileSystem();
    store =
        PredictionStore.open(
            files, directory, PredictionStoreOptions.DEFAULT, CLOCK, CLOCK, new MeterRegistry());
    Engine writer = engine("files", 256);
    parquet = new ParquetFiles(files, directory, store, writer, CLOCK, CLOCK);
    sql = new PredictionSql(files, directory, store, engine("sql", 256), CLOCK);
    store.store(
        List.of(
            prediction("m", "a", 0, Map.of("age", new Datum.Amount(30))),
            prediction("m", "b", 1, Map.of("age", new Datum.Amount(40))),
            prediction("erasing", "g1", 0, Map.of()),
            prediction("erasing", "g2", 0, Map.of()),
            prediction("odd \"name\"", "x", 1, Map.of("age", new Datum.Text("old")))));
    store.join(List.of(truth("a", "no", 10)));
    store.cut();
    parquet.make();
    store.store(
        List.of(
            prediction("m", "c", 2, Map.of("age", new Datum.Amount(50))),
            prediction("M", "twin", 2, Map.of())));
    store.cut();
    store.store(
        List.of(
            prediction("m", "d", 3, Map.of("new", new Datum.Flag(true))),
            prediction("erasing", "g3", 3, Map.of()),
            prediction("m", "long ago", -40L * 86_400_000, Map.of())));
    store.join(List.of(truth("a", "yes", 20), truth("c", "7", 21), truth("d", "no", 22)));
  }

  private static Engine engine(String name, int memoryMb) {
    return new Engine(
        directory.resolve("engine"), name, new Engine.Limits(memoryMb, 2), new SystemClock());
  }

  @AfterAll
  static void close() {
    sql.close();
    parquet.close();
    store.close();
  }

  private static Prediction prediction(
      String model, String id, long afterMs, Map<String, Datum> features) {
    return new Prediction(
        id,
        model,
        "1",
        NOW_MS + afterMs,
        features,
        new Datum.Text("yes"),
        0.75,
        Map.of("yes", 0.75),
        null,
        Map.of());
  }

  private static GroundTruth truth(String id, String value, long afterMs) {
    return new GroundTruth("m", id, new Datum.Text(value), NOW_MS + afterMs);
  }

  private static final class Gathered implements SqlQueries.Rows {
    private List<Column> columns = List.of();
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    @Override
    public void columns(List<Column> columns) {
      this.columns = columns;
    }

    @Override
    public void row(List<@Nullable String> values) {
      rows.add(values);
    }
  }

  private static Outcome ask(String select, int maxRows, long maxBytes, Gathered into) {
    return sql.select(new Question(select, maxRows, maxBytes, PATIENCE, () -> true), into);
  }

  private static List<List<@Nullable String>> rows(String select) {
    Gathered gathered = new Gathered();
    assertThat(ask(select, 100, 1 << 20, gathered)).isEqualTo(new Outcome(Truncation.NONE, 0));
    return gathered.rows;
  }

  private static List<@Nullable String> row(@Nullable String... values) {
    return java.util.Arrays.asList(values);
  }

  @Test
  void aModelIsATableOfAllItsRowsWhereverTheyLieWithTheTruthsThatHold() {
    assertThat(
            rows(
                "SELECT id, truth, epoch_ms(truth_time), \"feature.age\", \"feature.new\" FROM m ORDER BY id"))
        .containsExactly(
            row("a", "yes", "" + (NOW_MS + 20), "30.0", null),
            row("b", null, null, "40.0", null),
            row("c", "7", "" + (NOW_MS + 21), "50.0", null),
            row("d", "no", "" + (NOW_MS + 22), null, "true"));
  }

  @Test
  void allModelsAreOneTableTooAndOddNamesAreQuoted() {
    assertThat(rows("SELECT model, count(*) FROM predictions GROUP BY ALL ORDER BY ALL"))
        .contains(row("M", "1"), row("m", "4"), row("odd \"name\"", "1"));
    assertThat(rows("FROM \"odd \"\"name\"\"\" SELECT \"feature.age\""))
        .containsExactly(row("old"));
  }

  @Test
  void whatWasDeletedIsNotShownThoughItMayLieInFilesYet() {
    assertThat(rows("SELECT id FROM erasing ORDER BY id"))
        .containsExactly(row("g1"), row("g2"), row("g3"));
    IdHashes chosen = store.toErase("erasing", new Selection.OfIds(Set.of("g1", "g3"))).ids();
    store.erase(
        number -> new Deletion(number, "erasing", "ids", "", "", "ada", NOW_MS, 2, 0, null, ""),
        chosen);
    assertThat(rows("SELECT id FROM erasing")).containsExactly(row("g2"));
  }

  @Test
  void columnsSayTheirTypesAndTimesAreRfc3339() {
    Gathered gathered = new Gathered();
    ask(
        "SELECT time, confidence, confidence > 0.5 AS sure, id FROM m WHERE id = 'a'",
        10,
        999,
        gathered);
    assertThat(gathered.columns.stream().map(Column::kind))
        .containsExactly(
            SqlQueries.Kind.TEXT,
            SqlQueries.Kind.NUMBER,
            SqlQueries.Kind.FLAG,
            SqlQueries.Kind.TEXT);
    assertThat(gathered.rows).containsExactly(row("2025-06-15T15:06:40Z", "0.75", "true", "a"));
  }

  @Test
  void longAnswersAreCutByRowsAndByBytes() {
    Gathered few = new Gathered();
    assertThat(ask("SELECT * FROM range(1000)", 3, 1 << 20, few).truncation())
        .isEqualTo(Truncation.ROWS);
    assertThat(few.rows).hasSize(3);
    Gathered small = new Gathered();
    assertThat(ask("SELECT repeat('x', 400) FROM range(10)", 100, 1_000, small).truncation())
        .isEqualTo(Truncation.BYTES);
    assertThat(small.rows).hasSize(2);
    Gathered whole = new Gathered();
    assertThat(ask("SELECT * FROM range(3)", 3, 1 << 20, whole).truncation())
        .isEqualTo(Truncation.NONE);
  }

  @Test
  void mistakesAreSaidWithTheirPlace() {
    assertThatThrownBy(() -> rows("SELECT id\nFROM m WHERE WHERE"))
        .isInstanceOf(QueryException.BadQuery.class)
        .hasMessageContaining("2:14: syntax error");
    assertThatThrownBy(() -> rows("SELECT 1\n  WHERE 'é' = 'é' x")).hasMessageContaining("2:19: ");
    assertThatThrownBy(() -> rows("SELECT nothing FROM m"))
        .isInstanceOf(QueryException.BadQuery.class)
        .hasMessageContaining("LINE 1")
        .hasMessageContaining("^");
    assertThatThrownBy(() -> rows("SELECT CAST(id AS INTEGER) FROM m"))
        .hasMessageContaining("Could not convert string")
        .hasMessageContaining("LINE 1");
    assertThatThrownBy(() -> rows("SELECT * FROM nobody")).hasMessageContaining("nobody");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- nothing",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP VIEW m",
        "SELECT 1 /* */; /* */ DELETE FROM m",
        "DELETE FROM m",
        "INSERT INTO m VALUES (1)",
        "CREATE TABLE t AS SELECT 1",
        "WITH gone AS (DELETE FROM sightline_fresh.t0 RETURNING *) SELECT * FROM gone",
        "COPY m TO '%s/x.csv'",
        "COPY (SELECT 1) TO '%s/x.parquet'",
        "EXPORT DATABASE '%s/x'",
        "ATTACH '%s/x.db'",
        "ATTACH '%s/x.db' AS x; SELECT 1",
        "INSTALL httpfs",
        "LOAD json",
        "PRAGMA database_list",
        "PRAGMA enable_profiling",
        "SET memory_limit = '10GB'",
        "RESET lock_configuration",
        "CALL enable_logging()",
        "EXPLAIN ANALYZE SELECT 1",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM '/etc/passwd.csv'",
        "SELECT * FROM \"%s/parts/00000000.parquet\"",
        "SELECT * FROM glob('/*')",
        "SELECT (SELECT count(*) FROM glob('/*'))",
        "SELECT * FROM m WHERE EXISTS (FROM read_text('/etc/passwd'))",
        "WITH p AS (FROM read_text('/etc/passwd')) SELECT * FROM p",
        "SELECT * FROM read_parquet('%s/parts/*.parquet')",
        "SELECT * FROM parquet_metadata('%s/parts/00000000.parquet')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM enable_logging('QueryLog', storage = 'file', storage_path = '%s/x')",
        "SELECT * FROM enable_profiling(save_location = '%s/x')",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
        "SELECT * FROM arrow_scan(1, 2, 3)",
        "SELECT * FROM read_duckdb('%s/x.db')",
        "SELECT getenv('HOME')",
        "SELECT * FROM range(1) AS r, LATERAL (SELECT * FROM read_text('/etc/passwd'))"
      })
  void whatIsNotOneReadingSelectIsRefused(String statement) {
    String full = statement.replace("%s", directory.toString());
    assertThatThrownBy(() -> rows(full)).as(full).isInstanceOf(QueryException.BadQuery.class);
    assertThat(rows("SELECT count(*) FROM m")).containsExactly(row("4"));
  }

  @Test
  void nothingIsLeftBehindOnDisk() throws IOException {
    List<Path> before = filesBelow(directory);
    rows("SELECT count(*) FROM predictions");
    assertThatThrownBy(() -> rows("COPY m TO '" + directory.resolve("x.csv") + "'"))
        .isInstanceOf(QueryException.class);
    assertThat(filesBelow(directory)).isEqualTo(before);
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r",
        "SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE a.range < b.range",
        "SELECT sum(hash(range)) FROM range(1000000000000)",
        "SELECT sleep_ms(60000)"
      })
  void whatTakesTooLongEndsWithinASecondOfItsTime(String statement) {
    rows("SELECT 1"); // the engine runs
    long startNs = System.nanoTime();
    assertThatThrownBy(
            () ->
                sql.select(
                    new Question(statement, 10, 1 << 20, Duration.ofSeconds(1), () -> true),
                    new Gathered()))
        .isInstanceOf(QueryException.TimedOut.class)
        .hasMessageContaining("1000 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(10));
    assertThat(rows("SELECT count(*) FROM m")).containsExactly(row("4"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT repeat('x', 100000000) FROM range(20)",
        "SELECT list(range) FROM range(400000000)",
        "SELECT string_agg(repeat('x', 1000000), '') FROM range(5000)",
        "SELECT count(DISTINCT repeat(range::VARCHAR, 100)) FROM range(1000000000)"
      })
  void whatNeedsTooMuchCostsItsAnswerAndNoOther(String statement) {
    Gathered gathered = new Gathered();
    try {
      Outcome outcome =
          sql.select(
              new Question(statement, 10, 1 << 20, Duration.ofSeconds(20), () -> true), gathered);
      assertThat(outcome.truncation()).isEqualTo(Truncation.BYTES);
    } catch (QueryException expected) {
      assertThat(expected.getMessage()).isNotEmpty();
    }
    assertThat(rows("SELECT count(*) FROM m")).containsExactly(row("4"));
    assertThat(store.find("m", "a")).isNotNull();
  }

  @Test
  void whoLeavesTakesTheStatementWithThem() {
    AtomicBoolean asked = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                sql.select(
                    new Question(
                        "SELECT sum(hash(range)) FROM range(1000000000000)",
                        1,
                        99,
                        PATIENCE,
                        () -> !asked.getAndSet(true)),
                    new Gathered()))
        .isInstanceOf(QueryException.Canceled.class);
    assertThat(rows("SELECT count(*) FROM m")).containsExactly(row("4"));
  }
}
