package dev.sightline.quality.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.quality.ModelRows;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.learn.WordRows;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BaselineStoreTest {
  private final SimulatedFileSystem files = new SimulatedFileSystem(1);
  private final Path directory = Path.of("/references");

  private static Baseline baseline() {
    ModelRows rows = new ModelRows();
    Random random = new Random(1);
    for (int row = 0; row < 100; row++) {
      rows.add(
          row,
          Map.of(
              "x",
              random.nextGaussian(),
              "y",
              row,
              "w",
              "word " + row % 7,
              "t",
              "a sentence of some words " + row,
              "list",
              new Datum.Items(List.of()),
              "vector",
              new Datum.Items(List.of(new Datum.Amount(row), new Datum.Amount(0.5)))),
          "a",
          0.5,
          row % 2 == 0 ? "a" : "b");
    }
    Selection all = WindowBaselines.selection("m", null, new Window(0, 100, false));
    return rows.baselines()
        .reference(all, Map.of("y", FeatureKind.NUMBER), Set.of(), ModelRows.deadline());
  }

  private static void assertSame(Baseline one, Baseline other) {
    assertThat(other.features().keySet()).isEqualTo(one.features().keySet());
    one.features()
        .forEach(
            (name, feature) ->
                assertThat(columnText(other.features().get(name).column()))
                    .as(name)
                    .isEqualTo(columnText(feature.column())));
    assertThat(other.sources()).isEqualTo(one.sources());
    assertThat(other.types()).isEqualTo(one.types());
    assertThat(other.vocabularies()).isEqualTo(one.vocabularies());
    assertThat(other.sample().names()).isEqualTo(one.sample().names());
    assertThat(other.sample().words()).isEqualTo(one.sample().words());
    assertThat(other.sample().values()).isDeepEqualTo(one.sample().values());
    assertThat(other.correlations().values()).isEqualTo(one.correlations().values());
    assertThat(List.of(other.startMs(), other.endMs(), other.rows(), other.duplicates()))
        .isEqualTo(List.of(one.startMs(), one.endMs(), one.rows(), one.duplicates()));
  }

  private static String columnText(FeatureColumn column) {
    return switch (column) {
      case FeatureColumn.Numbers(SortedColumn values, long missing) ->
          Arrays.toString(values.toArray()) + missing;
      case FeatureColumn.Sketched sketched -> sketched.n() + " " + sketched.copy().quantile(0.5);
      case FeatureColumn.Words words -> words.toString();
      case FeatureColumn.Vectors(float[][] sample, long n, long missing) ->
          Arrays.deepToString(sample) + n + " " + missing;
      case FeatureColumn.Sentences(WordRows sample, long n, long missing) ->
          sample.words() + Arrays.deepToString(sample.rows()) + n + " " + missing;
    };
  }

  @Test
  void whatWasPutIsFoundAfterAPowerCut() {
    Baseline baseline = baseline();
    assertThat(baseline.types()).containsEntry("list", Set.of("list"));
    assertThat(baseline.features()).doesNotContainKey("list");
    assertThat(baseline.features().get("vector").column())
        .isInstanceOf(FeatureColumn.Vectors.class);
    assertThat(baseline.features().get("t").column()).isInstanceOf(FeatureColumn.Sentences.class);
    assertThat(baseline.sample().names()).containsExactlyInAnyOrder("x", "y", "w");
    assertThat(baseline.sample().rows()).isEqualTo(100);
    BaselineStore store = new BaselineStore(files, directory);
    store.put(new Reference("a/b ü", "old", 5, baseline));
    store.put(new Reference("x".repeat(300), "old", 5, baseline));
    BaselineStore again = new BaselineStore(files.crash(), directory);
    Reference found = again.find("a/b ü", "old");
    assertThat(found.madeMs()).isEqualTo(5);
    assertSame(baseline, found.baseline());
    assertThat(again.list("a/b ü")).hasSize(1);
    assertThat(again.find("a", "old")).isNull();
    assertThat(again.delete("x".repeat(300), "old")).isTrue();
    assertThat(again.delete("x".repeat(300), "old")).isFalse();
  }

  @Test
  void numbersOfManyRowsAreKeptAsASketch() {
    NumberSketch sketch = new NumberSketch(NumberSketch.DAY);
    double[] many = new double[100_001];
    for (int row = 0; row < many.length; row++) {
      many[row] = row;
      sketch.add(row);
    }
    Baseline.Feature rows =
        new Baseline.Feature(
            "x", "x", Aspect.INPUT, new FeatureColumn.Numbers(SortedColumn.of(many), 3));
    Baseline baseline =
        new Baseline(
            0,
            0,
            many.length,
            0,
            List.of(new Source("x", Aspect.INPUT, FeatureKind.NUMBER)),
            Map.of("x", rows),
            Map.of(),
            Map.of(),
            Correlations.NONE,
            RowSample.NONE);
    byte[] bytes = BaselineCodec.encode(new Reference("m", "r", 1, baseline));
    assertThat(bytes.length).isLessThan(40_000);
    FeatureColumn read = BaselineCodec.decode(bytes).baseline().features().get("x").column();
    assertThat(read.missing()).isEqualTo(3);
    assertThat(((FeatureColumn.Sketched) read).copy().quantile(0.5)).isBetween(49_000.0, 51_000.0);
  }

  @Test
  void aDamagedFileIsNoReferenceAndNeverAnotherOne() {
    byte[] good = BaselineCodec.encode(new Reference("m", "r", 1, baseline()));
    for (int place = 0; place < good.length; place += 97) {
      byte[] bad = good.clone();
      bad[place] ^= 4;
      assertThatThrownBy(() -> BaselineCodec.decode(bad)).isInstanceOf(BadBytesException.class);
      byte[] cut = Arrays.copyOf(good, place);
      assertThatThrownBy(() -> BaselineCodec.decode(cut)).isInstanceOf(BadBytesException.class);
    }
    BaselineStore store = new BaselineStore(files, directory);
    store.put(new Reference("m", "r", 1, baseline()));
    AtomicReplacement.write(files, directory.resolve("m"), "r.reference", new byte[] {1, 2, 3});
    assertThat(store.find("m", "r")).isNull();
  }

  @Test
  void namesThatWouldLeaveTheFolderAreRefused() {
    BaselineStore store = new BaselineStore(files, directory);
    for (String name : List.of("", "..", ".hidden", "a/b", "a b", "x".repeat(65))) {
      assertThatThrownBy(() -> store.find("m", name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the name of a reference");
    }
  }
}
