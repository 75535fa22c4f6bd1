package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Grouping;
import dev.sightline.logql.stage.LineLabels;
import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds the series that a line belongs to by its labels.
final class SeriesTable {
  /*
   * Building a label set for each line would cost more than all else, so there are three shorter ways: the line
   * has the very labels of the one before; the pipeline added nothing and this metadata was seen in this stream;
   * the series are grouped by a few names, and these values were seen.
   */
  private static final int MOST_REMEMBERED = 10_000;

  private final @Nullable Grouping grouping;
  private final String[] dropped;
  private final Supplier<SeriesWindows> creation;
  private final Map<Labels, SeriesWindows> series = new LinkedHashMap<>();
  private final Map<Labels, SeriesWindows> byMetadata = new HashMap<>();
  private final Map<Values, SeriesWindows> byValues = new HashMap<>();
  private Labels stream = Labels.EMPTY;
  private @Nullable Labels lastMetadata;
  private @Nullable SeriesWindows last;

  /// @param grouping null where all labels count
  /// @param dropped label that does not count then: the unwrapped one; empty for none
  SeriesTable(@Nullable Grouping grouping, String dropped, Supplier<SeriesWindows> creation) {
    this.grouping = grouping;
    this.dropped =
        grouping != null && grouping.without()
            ? grouping.labels().toArray(new String[0])
            : dropped.isEmpty() ? new String[0] : new String[] {dropped};
    this.creation = creation;
  }

  /// The values of the labels that are grouped by.
  private static final class Values {
    private final String[] texts;
    private final int hash;

    Values(String[] texts) {
      this.texts = texts;
      this.hash = Arrays.hashCode(texts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Values values && Arrays.equals(texts, values.texts);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  @SuppressWarnings("ReferenceEquality") // equal sets that are other objects only cost time
  SeriesWindows of(LineLabels labels) {
    if (labels.stream() != stream) {
      stream = labels.stream();
      byMetadata.clear();
      last = null;
    }
    if (!labels.isUntouched()) {
      last = null;
      return found(labels);
    }
    if (last != null && labels.metadata() == lastMetadata) {
      return last;
    }
    SeriesWindows known = byMetadata.get(labels.metadata());
    if (known == null) {
      known = found(labels);
      if (byMetadata.size() >= MOST_REMEMBERED) {
        byMetadata.clear();
      }
      byMetadata.put(labels.metadata(), known);
    }
    last = known;
    lastMetadata = labels.metadata();
    return known;
  }

  private SeriesWindows found(LineLabels labels) {
    if (grouping == null || grouping.without()) {
      return series.computeIfAbsent(labels.all().without(dropped), _ -> creation.get());
    }
    String[] texts = new String[grouping.labels().size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = labels.get(grouping.labels().get(i));
    }
    return byValues.computeIfAbsent(new Values(texts), this::created);
  }

  private SeriesWindows created(Values values) {
    Labels.Builder builder = Labels.EMPTY.toBuilder();
    for (int i = 0; i < values.texts.length; i++) {
      builder.set(java.util.Objects.requireNonNull(grouping).labels().get(i), values.texts[i]);
    }
    return series.computeIfAbsent(builder.build(), _ -> creation.get());
  }

  List<Row> rows(Budget budget) {
    List<Row> rows = new ArrayList<>(series.size());
    series.forEach(
        (labels, windows) -> {
          double[] column = windows.column();
          budget.hold(8L * column.length);
          rows.add(new Row(labels, column));
        });
    return rows;
  }
}
