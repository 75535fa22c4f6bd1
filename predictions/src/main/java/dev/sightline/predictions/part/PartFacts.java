package dev.sightline.predictions.part;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is known of the rows of one part without reading them.
///
/// @param number names the part's files, and is never given twice
/// @param day of its rows, in days since 1970 (UTC)
/// @param labelled how many rows have a truth
/// @param lastSequence the highest of its rows
/// @param rowsOfVersion without those whose version is unknown
public record PartFacts(
    int number,
    String model,
    long day,
    int rows,
    int labelled,
    long oldestMs,
    long newestMs,
    long lastSequence,
    SortedMap<String, Integer> rowsOfVersion) {
  public PartFacts {
    rowsOfVersion = Collections.unmodifiableSortedMap(new TreeMap<>(rowsOfVersion));
  }

  /// What the rows of a part have in common.
  public record Origin(String model, long day) {}

  public Origin origin() {
    return new Origin(model, day);
  }
}
