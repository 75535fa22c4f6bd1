package dev.sightline.model.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A set of labels, sorted by name, each name once and no value empty: an empty value means that
/// the label is absent.
///
/// Names and values may be any text. The natural order is Prometheus's: label by label, name before
/// value, by UTF-8 bytes, and a set that is the beginning of another stands before it.
public final class Labels implements Comparable<Labels> {
  public static final Labels EMPTY = new Labels(new String[0]);

  /// name, value, name, value … in the order of names
  private final String[] pairs;

  private int hash;

  private Labels(String[] sortedPairs) {
    this.pairs = sortedPairs;
  }

  /// @param namesAndValues name, value, name, value …, in any order; empty values are left out
  /// @throws IllegalArgumentException if a name comes twice or a value is missing
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a label name without a value: " + Arrays.toString(namesAndValues));
    }
    List<Label> labels = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.add(new Label(namesAndValues[i], namesAndValues[i + 1]));
    }
    return of(labels);
  }

  /// @throws IllegalArgumentException if a name comes twice
  public static Labels of(Collection<Label> labels) {
    Label[] sorted =
        labels.stream().filter(label -> !label.value().isEmpty()).toArray(Label[]::new);
    Arrays.sort(sorted, (a, b) -> CodePointOrder.compare(a.name(), b.name()));
    String[] pairs = new String[sorted.length * 2];
    for (int i = 0; i < sorted.length; i++) {
      if (i > 0 && sorted[i].name().equals(sorted[i - 1].name())) {
        throw new IllegalArgumentException("label name \"" + sorted[i].name() + "\" is not unique");
      }
      pairs[2 * i] = sorted[i].name();
      pairs[2 * i + 1] = sorted[i].value();
    }
    return pairs.length == 0 ? EMPTY : new Labels(pairs);
  }

  public static Labels of(Map<String, String> valuesByName) {
    return of(
        valuesByName.entrySet().stream().map(e -> new Label(e.getKey(), e.getValue())).toList());
  }

  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /// @param index from 0, in the order of names
  public String name(int index) {
    return pairs[2 * index];
  }

  /// @param index from 0, in the order of names
  public String value(int index) {
    return pairs[2 * index + 1];
  }

  /// @return the value, or the empty text where the label is absent: what Prometheus's matchers see
  public String get(String name) {
    int index = indexOf(name);
    return index < 0 ? "" : pairs[index + 1];
  }

  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /// @return the value of `__name__`, or null
  public @Nullable String metricName() {
    int index = indexOf(Label.METRIC_NAME);
    return index < 0 ? null : pairs[index + 1];
  }

  /// These labels with one more, or with another value for one; an empty value removes it.
  public Labels with(String name, String value) {
    Builder builder = toBuilder();
    builder.set(name, value);
    return builder.build();
  }

  /// These labels without some.
  public Labels without(String... names) {
    Builder builder = toBuilder();
    for (String name : names) {
      builder.remove(name);
    }
    return builder.build();
  }

  /// Only those of these labels that are named.
  public Labels keeping(Collection<String> names) {
    Builder builder = new Builder();
    for (String name : names) {
      builder.set(name, get(name));
    }
    return builder.build();
  }

  public Builder toBuilder() {
    Builder builder = new Builder();
    for (int i = 0; i < pairs.length; i += 2) {
      builder.values.put(pairs[i], pairs[i + 1]);
    }
    return builder;
  }

  /// In the order of names.
  public Map<String, String> toMap() {
    return new TreeMap<>(toBuilder().values);
  }

  /// In the order of names.
  public List<Label> toList() {
    List<Label> labels = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      labels.add(new Label(name(i), value(i)));
    }
    return List.copyOf(labels);
  }

  @Override
  public int compareTo(Labels other) {
    int shared = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < shared; i++) {
      int order = CodePointOrder.compare(pairs[i], other.pairs[i]);
      if (order != 0) {
        return order;
      }
    }
    return pairs.length - other.pairs.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Labels labels
        && hashCode() == labels.hashCode()
        && Arrays.equals(pairs, labels.pairs);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(pairs);
      hash = known;
    }
    return known;
  }

  /// `{name="value", …}` with quotes, backslashes and line ends escaped.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < pairs.length; i += 2) {
      text.append(i == 0 ? "" : ", ")
          .append(pairs[i])
          .append("=\"")
          .append(escape(pairs[i + 1]))
          .append('"');
    }
    return text.append('}').toString();
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private int indexOf(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /// Labels in the making; owned by one thread.
  public static final class Builder {
    private final TreeMap<String, String> values = new TreeMap<>(CodePointOrder::compare);

    /// Sets, replaces or (with an empty value) removes a label.
    public Builder set(String name, String value) {
      if (value.isEmpty()) {
        values.remove(name);
      } else {
        values.put(name, value);
      }
      return this;
    }

    public Builder remove(String name) {
      values.remove(name);
      return this;
    }

    /// @return the value, or the empty text
    public String get(String name) {
      return values.getOrDefault(name, "");
    }

    public Labels build() {
      if (values.isEmpty()) {
        return EMPTY;
      }
      String[] pairs = new String[values.size() * 2];
      int next = 0;
      for (Map.Entry<String, String> entry : values.entrySet()) {
        pairs[next++] = entry.getKey();
        pairs[next++] = entry.getValue();
      }
      return new Labels(pairs);
    }
  }
}
