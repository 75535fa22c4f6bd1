package dev.sightline.api.models;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The rows of one call that were not taken: how many, and of the first what is wrong with them.
final class Refusals {
  /// How many an answer spells out.
  static final int MAX_SPELLED_OUT = 100;

  private final TreeMap<Integer, String> first = new TreeMap<>();
  private int count;

  /// @param index among the rows that were sent, from 0; each comes once
  void add(int index, String message) {
    count++;
    first.put(index, message);
    if (first.size() > MAX_SPELLED_OUT) {
      first.pollLastEntry();
    }
  }

  int count() {
    return count;
  }

  /// By index.
  SortedMap<Integer, String> first() {
    return Collections.unmodifiableSortedMap(first);
  }
}
