package dev.sightline.quality.watch;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.quality.baseline.Aspect;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.Correlations;
import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.quality.baseline.FeatureKind;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.baseline.RowSample;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.baseline.Sources;
import dev.sightline.quality.baseline.Vocabulary;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads one feature of a window, and no other.
final class ColumnReadings {
  private static final int PEEKED = 250;
  private static final String WRONG = "wrong";

  private final Readings.Parts parts;
  private final Deadline deadline;

  ColumnReadings(Readings.Parts parts, Deadline deadline) {
    this.parts = parts;
    this.deadline = deadline;
  }

  Reading of(Target.Column target, Selection selection) {
    FeatureColumn column = column(target.feature(), selection, null);
    String measure = target.measure();
    long rows = column.n() + column.missing();
    if (rows == 0) {
      return Reading.notEnough(0, "there are no rows");
    }
    if (measure.equals("missing")) {
      return Reading.of(rows, (double) column.missing() / rows);
    }
    if (column.n() == 0) {
      return Reading.notEnough(0, "no row has a value");
    }
    boolean single =
        !(column instanceof FeatureColumn.Sentences || column instanceof FeatureColumn.Vectors);
    if (single && (measure.equals("unique") || measure.equals("unique_ratio"))) {
      double unique = unique(column);
      return Reading.of(column.n(), measure.equals("unique") ? unique : unique / column.n());
    }
    return switch (column) {
      case FeatureColumn.Numbers(SortedColumn values, long _) ->
          Reading.of(values.n(), of(measure, new Rows(values)));
      case FeatureColumn.Sketched sketched ->
          Reading.of(sketched.n(), of(measure, new Sketch(sketched.copy())));
      case FeatureColumn.Words words -> ofWords(measure, target.feature(), words);
      case FeatureColumn.Sentences _, FeatureColumn.Vectors _ ->
          Reading.failed(target.feature() + " has texts or lists, of which there is no " + measure);
    };
  }

  private static double unique(FeatureColumn column) {
    return switch (column) {
      case FeatureColumn.Numbers(SortedColumn values, long _) -> values.distinct();
      case FeatureColumn.Sketched sketched -> sketched.copy().distinct();
      case FeatureColumn.Words words -> words.counts().size();
      case FeatureColumn.Sentences _, FeatureColumn.Vectors _ -> Double.NaN;
    };
  }

  /// Flags and errors have a mean: the share of those that are true, or wrong.
  private static Reading ofWords(String measure, String feature, FeatureColumn.Words words) {
    Map<String, Long> counts = words.counts();
    boolean flags = Set.of("true", "false", "right", WRONG).containsAll(counts.keySet());
    if (!measure.equals("mean") || !flags) {
      return Reading.failed(feature + " has words, of which there is no " + measure);
    }
    long hits = counts.getOrDefault("true", 0L) + counts.getOrDefault(WRONG, 0L);
    return Reading.of(words.n(), (double) hits / words.n());
  }

  private static double of(String measure, Numbers numbers) {
    return switch (measure) {
      case "mean" -> numbers.mean();
      case "sum" -> numbers.mean() * numbers.n();
      case "deviation" -> numbers.deviation();
      case "min" -> numbers.quantile(0);
      case "max" -> numbers.quantile(1);
      default -> numbers.quantile(Target.quantile(measure));
    };
  }

  /// All numbers of a window, or a sketch of them.
  private interface Numbers {
    long n();

    double mean();

    double deviation();

    double quantile(double probability);
  }

  private record Rows(SortedColumn values) implements Numbers {
    @Override
    public long n() {
      return values.n();
    }

    @Override
    public double mean() {
      return values.mean();
    }

    @Override
    public double deviation() {
      return values.deviation();
    }

    @Override
    public double quantile(double probability) {
      return values.quantile(probability);
    }
  }

  private record Sketch(NumberSketch sketch) implements Numbers {
    @Override
    public long n() {
      return sketch.n();
    }

    @Override
    public double mean() {
      return sketch.mean();
    }

    @Override
    public double deviation() {
      return sketch.deviation();
    }

    @Override
    public double quantile(double probability) {
      return sketch.quantile(probability);
    }
  }

  Reading listed(String feature, Judge.Listing listing, Selection selection) {
    FeatureColumn column = column(feature, selection, FeatureKind.WORD);
    if (!(column instanceof FeatureColumn.Words words) || words.n() == 0) {
      return Reading.notEnough(0, "no row has a value");
    }
    long outside =
        words.counts().entrySet().stream()
            .filter(entry -> listing.words().contains(entry.getKey()) != listing.expected())
            .mapToLong(Map.Entry::getValue)
            .sum();
    return Reading.of(words.n(), (double) outside / words.n());
  }

  /// @param kind to read it as; null for what it is
  private FeatureColumn column(String feature, Selection selection, @Nullable FeatureKind kind) {
    Reference reference = parts.references().usualIfAny(selection.model(), deadline);
    Source found = source(feature, selection, reference);
    FeatureKind asked = kind == null ? found.kind() : kind;
    Source source =
        new Source(
            found.name(),
            found.aspect(),
            asked == FeatureKind.NAME ? FeatureKind.WORD : asked,
            found.parts());
    Map<String, Vocabulary> vocabularies =
        reference == null ? Map.of() : reference.baseline().vocabularies();
    Baseline wanted =
        new Baseline(
            0,
            1,
            0,
            0,
            List.of(source),
            Map.of(),
            vocabularies,
            Map.of(),
            Correlations.NONE,
            RowSample.NONE);
    Baseline read = parts.baselines().current(selection, wanted, deadline);
    Baseline.Feature one = read.features().get(feature);
    return one == null
        ? new FeatureColumn.Numbers(SortedColumn.of(new double[0]), read.rows())
        : one.column();
  }

  /// What is known of a feature: by the reference, else by a few rows.
  private Source source(String feature, Selection selection, @Nullable Reference reference) {
    Map<String, FeatureKind> kinds = parts.options().get().of(selection.model()).kinds();
    List<Source> known = new ArrayList<>();
    if (reference != null) {
      known.addAll(reference.baseline().sources());
    }
    String task = parts.baselines().tasks().get().getOrDefault(selection.model(), "");
    known.addAll(Sources.of(peek(selection), kinds, task).sources());
    return known.stream()
        .filter(source -> isOf(feature, source))
        .findFirst()
        .orElse(new Source(feature, Aspect.INPUT, FeatureKind.NUMBER));
  }

  /// A property of a text bears its name in front.
  private static boolean isOf(String feature, Source source) {
    return source.name().equals(feature)
        || source.kind() == FeatureKind.TEXT && feature.startsWith(source.name() + ".");
  }

  private List<Labelled> peek(Selection selection) {
    Query newest =
        new Query(
            selection.model(),
            Long.MIN_VALUE / 4,
            selection.windows().endMs(),
            selection.version(),
            true,
            PEEKED,
            null);
    return parts.source().list(newest).predictions();
  }

  /// The numbers of a feature in the order of time, 1 and 0 for errors and none; null for words.
  double @Nullable [] values(String feature, Selection selection) {
    Reference reference = parts.references().usualIfAny(selection.model(), deadline);
    Source source = source(feature, selection, reference);
    boolean numbers = source.kind() == FeatureKind.NUMBER || source.kind() == FeatureKind.FLAG;
    boolean errors = source.aspect() == Aspect.ERROR;
    if (!numbers && !errors) {
      return null;
    }
    Stream stream = new Stream(selection, source, errors, deadline);
    stream.scan.run(parts.columns(), stream);
    return stream.inOrder();
  }

  /// What the usual reference knows of a feature; null where it has none.
  @Nullable FeatureColumn ofReference(String model, String feature) {
    Reference reference = parts.references().usualIfAny(model, deadline);
    Baseline.Feature found =
        reference == null ? null : reference.baseline().features().get(feature);
    return found == null ? null : found.column();
  }

  /// The values of one feature with their times.
  private static final class Stream implements RowScan.Visitor {
    private final RowScan scan;
    private final boolean words;
    private final int first;
    private final int second;
    private double[] values = {};
    private double[] others = {};
    private Texts said = new Texts(new int[0], List.of());
    private Texts happened = said;
    private long[] batchTimes = {};
    private long[] timesMs = new long[256];
    private double[] kept = new double[256];
    private int count;

    Stream(Selection selection, Source source, boolean errors, Deadline deadline) {
      scan = new RowScan(selection, deadline);
      words = errors && source.kind() != FeatureKind.NUMBER;
      if (words) {
        first = scan.texts(new Field.Output());
        second = scan.texts(new Field.Truth());
      } else {
        first = scan.numbers(errors ? new Field.Output() : field(source));
        second = errors ? scan.numbers(new Field.Truth()) : -1;
      }
    }

    private static Field field(Source source) {
      return switch (source.aspect()) {
        case INPUT -> new Field.Feature(source.name());
        case OUTPUT -> new Field.Output();
        case CONFIDENCE -> new Field.Confidence();
        case TRUTH, ERROR -> new Field.Truth();
      };
    }

    @Override
    public void begin(Batch batch) {
      batchTimes = batch.timesMs();
      if (words) {
        said = RowScan.texts(batch, first);
        happened = RowScan.texts(batch, second);
      } else {
        values = RowScan.numbers(batch, first);
        others = second < 0 ? values : RowScan.numbers(batch, second);
      }
    }

    @Override
    public void row(int window, int row) {
      double value = words ? wrong(row) : second < 0 ? values[row] : values[row] - others[row];
      if (!Double.isFinite(value)) {
        return;
      }
      if (count == kept.length) {
        kept = Arrays.copyOf(kept, count * 2);
        timesMs = Arrays.copyOf(timesMs, count * 2);
      }
      timesMs[count] = batchTimes[row];
      kept[count++] = value;
    }

    private double wrong(int row) {
      int saidHere = said.codes()[row];
      int happenedHere = happened.codes()[row];
      if (saidHere < 0 || happenedHere < 0) {
        return Double.NaN;
      }
      return said.words().get(saidHere).equals(happened.words().get(happenedHere)) ? 0 : 1;
    }

    double[] inOrder() {
      return IntStream.range(0, count)
          .boxed()
          .sorted(Comparator.comparingLong(row -> timesMs[row]))
          .mapToDouble(row -> kept[row])
          .toArray();
    }
  }
}
