package dev.sightline.tsdb.index;

import java.util.Arrays;
import java.util.List;

/// The numbers found in any of some lists.
///
/// They are gathered and sorted at once: the lists are mostly those of one label's values, of which
/// there can be many thousands, and sorting runs that are sorted already is about a merge.
public final class Union implements Postings {
  private final IntPostings merged;

  public Union(List<Postings> lists) {
    int[] numbers = new int[64];
    int size = 0;
    for (Postings list : lists) {
      for (int number = list.next(); number != END; number = list.next()) {
        if (size == numbers.length) {
          numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
      }
    }
    Arrays.sort(numbers, 0, size);
    this.merged = new IntPostings(numbers, withoutRepetitions(numbers, size));
  }

  private static int withoutRepetitions(int[] numbers, int size) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || numbers[i] != numbers[i - 1]) {
        numbers[kept++] = numbers[i];
      }
    }
    return kept;
  }

  @Override
  public int next() {
    return merged.next();
  }

  @Override
  public int seek(int target) {
    return merged.seek(target);
  }
}
