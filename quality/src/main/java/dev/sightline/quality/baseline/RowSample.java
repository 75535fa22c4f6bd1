package dev.sightline.quality.baseline;

import java.util.List;

/// Some rows of a window, drawn by chance, in the order of time: what models are given, feature
/// beside feature.
///
/// @param names of numbers, flags and words
/// @param words by feature: what its values stand for; empty for numbers
/// @param values by feature, then by row: a number or the place of a word; NaN is missing
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RowSample(List<String> names, List<List<String>> words, double[][] values) {
  public static final RowSample NONE = new RowSample(List.of(), List.of(), new double[0][]);

  public RowSample {
    names = List.copyOf(names);
    words = words.stream().map(List::copyOf).toList();
  }

  public int rows() {
    return values.length == 0 ? 0 : values[0].length;
  }
}
