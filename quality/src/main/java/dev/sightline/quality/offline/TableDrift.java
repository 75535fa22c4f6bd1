package dev.sightline.quality.offline;

import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.Sources;
import dev.sightline.quality.inputs.Together;
import dev.sightline.stats.drift.DatasetDrift;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares two tables feature by feature. Columns of files that allow it are read one by one, so
/// that only those at hand are in memory; else each file is read once, both side by side.
public final class TableDrift {
  private static final int MOST_TOGETHER = 100;

  private final Table reference;
  private final Table current;
  private final DriftOptions options;
  private final ColumnComparison comparison;
  private long rowsReference;
  private long rowsCurrent;

  private TableDrift(Table reference, Table current, DriftOptions options) {
    this.reference = reference;
    this.current = current;
    this.options = options;
    this.comparison = new ColumnComparison(options);
  }

  /// A feature that both tables have.
  private record Common(String name, int reference, int current) {}

  /// @param names of both files, for the report
  /// @throws BadTableException if a file cannot be read, or a named column is in neither
  public static DriftReport of(
      Table reference, Table current, DriftOptions options, String... names) {
    TableDrift drift = new TableDrift(reference, current, options);
    List<Common> all = drift.common();
    List<Common> common = new ArrayList<>(all);
    List<FeatureDrift> features = new ArrayList<>(drift.vectors(common));
    features.addAll(
        reference.isColumnar() && current.isColumnar()
            ? drift.oneByOne(common)
            : drift.together(common));
    features.sort(FeatureDrift.FURTHEST_FIRST);
    List<DriftOutcome> outcomes = features.stream().map(FeatureDrift::outcome).toList();
    Map<String, String> skipped = new LinkedHashMap<>(reference.skipped());
    skipped.putAll(current.skipped());
    return new DriftReport(
        names[0],
        names[1],
        drift.rowsReference,
        drift.rowsCurrent,
        features,
        drift.missingFrom(reference.columns(), all, true),
        drift.missingFrom(current.columns(), all, false),
        skipped,
        DatasetDrift.of(outcomes, options.share()),
        options.together() ? drift.rows(common) : null);
  }

  private List<Common> common() {
    List<Common> common = new ArrayList<>();
    Set<String> asked = new TreeSet<>(options.columns());
    for (int place = 0; place < reference.columns().size(); place++) {
      String name = reference.columns().get(place);
      String now = options.renamed().getOrDefault(name, name);
      int there = current.columns().indexOf(now);
      boolean wanted = options.columns().isEmpty() || options.columns().contains(now);
      if (there >= 0 && wanted) {
        common.add(new Common(now, place, there));
        asked.remove(now);
      }
    }
    if (!asked.isEmpty()) {
      throw new BadTableException("no column of both files is called " + asked.iterator().next());
    }
    if (common.isEmpty()) {
      throw new BadTableException(
          "the files have no column in common: one has "
              + reference.columns()
              + ", the other "
              + current.columns());
    }
    return common;
  }

  /// Columns of patterns, each pattern as one feature; taken out of the others.
  private List<FeatureDrift> vectors(List<Common> common) {
    List<FeatureDrift> vectors = new ArrayList<>();
    for (String pattern : options.vectors()) {
      List<String> parts = Sources.parts(pattern, common.stream().map(Common::name).toList());
      if (parts.isEmpty()) {
        throw new BadTableException(
            "no columns of both files are called "
                + pattern
                + " with numbers in place of the star");
      }
      Map<String, Common> byName = new HashMap<>();
      common.forEach(each -> byName.put(each.name, each));
      List<Common> ofPattern =
          parts.stream().flatMap(part -> Stream.ofNullable(byName.get(part))).toList();
      common.removeAll(ofPattern);
      vectors.add(comparison.vectors(pattern, sampled(ofPattern)));
    }
    return vectors;
  }

  private SampledTable sampled(List<Common> columns) {
    return SampledTable.of(
        reference,
        current,
        columns.stream().mapToInt(Common::reference).toArray(),
        columns.stream().mapToInt(Common::current).toArray(),
        columns.stream().map(Common::name).toList());
  }

  /// All numbers together, of at most so many columns; null where there are too few rows or
  /// columns.
  private @Nullable Together rows(List<Common> common) {
    SampledTable sampled = sampled(common.subList(0, Math.min(MOST_TOGETHER, common.size())));
    try {
      return Together.of(sampled.rows(true), sampled.rows(false));
    } catch (QueryException.Failed _) {
      return null;
    }
  }

  private List<String> missingFrom(List<String> columns, List<Common> common, boolean first) {
    Set<Integer> seen = new TreeSet<>();
    common.forEach(each -> seen.add(first ? each.reference : each.current));
    List<String> rest = new ArrayList<>();
    for (int place = 0; place < columns.size() && options.columns().isEmpty(); place++) {
      if (!seen.contains(place)) {
        rest.add(columns.get(place));
      }
    }
    return rest;
  }

  private List<FeatureDrift> oneByOne(List<Common> common) {
    List<Callable<FeatureDrift>> work = new ArrayList<>();
    rowsReference = reference.read(new int[0], _ -> new KeptSink(options.keep(), 1));
    rowsCurrent = current.read(new int[0], _ -> new KeptSink(options.keep(), 1));
    for (Common each : common) {
      work.add(
          () -> {
            int atOnce = 2 * Lanes.COUNT;
            KeptTable first =
                KeptTable.read(reference, new int[] {each.reference}, options.keep(), atOnce);
            KeptTable second =
                KeptTable.read(current, new int[] {each.current}, options.keep(), atOnce);
            return comparison.of(
                each.name, first.columns().getFirst(), second.columns().getFirst());
          });
    }
    return Lanes.all(work);
  }

  private List<FeatureDrift> together(List<Common> common) {
    int[] ofReference = common.stream().mapToInt(Common::reference).toArray();
    int[] ofCurrent = common.stream().mapToInt(Common::current).toArray();
    int atOnce = 2 * common.size();
    List<Callable<KeptTable>> reading =
        List.of(
            () -> KeptTable.read(reference, ofReference, options.keep(), atOnce),
            () -> KeptTable.read(current, ofCurrent, options.keep(), atOnce));
    List<KeptTable> both = Lanes.all(reading);
    rowsReference = both.getFirst().rows();
    rowsCurrent = both.getLast().rows();
    List<Callable<FeatureDrift>> work = new ArrayList<>();
    for (int place = 0; place < common.size(); place++) {
      String name = common.get(place).name;
      ColumnKept first = both.getFirst().columns().get(place);
      ColumnKept second = both.getLast().columns().get(place);
      work.add(() -> comparison.of(name, first, second));
    }
    return Lanes.all(work);
  }
}
