package dev.sightline.logstore.head;

/// Sorts the numbers of lines by time; equal times stay in the order of the numbers given.
final class TimeOrder {
  private TimeOrder() {}

  /// Cheap where the lines come in a few rising runs, as those of several senders do.
  ///
  /// @param lines sorted in place, or not at all and the answer is another array
  /// @return the sorted numbers
  static int[] sort(int[] lines, long[] timestampsNs) {
    int[] from = lines;
    int[] to = new int[lines.length];
    while (true) {
      int runs = mergePairs(from, to, timestampsNs);
      if (runs <= 1) {
        return to;
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
  }

  /// @return how many runs are left
  private static int mergePairs(int[] from, int[] to, long[] timestampsNs) {
    int runs = 0;
    int start = 0;
    while (start < from.length) {
      int middle = runEnd(from, start, timestampsNs);
      int end = runEnd(from, middle, timestampsNs);
      merge(from, start, middle, end, to, timestampsNs);
      runs++;
      start = end;
    }
    return runs;
  }

  private static int runEnd(int[] lines, int start, long[] timestampsNs) {
    int at = start + 1;
    while (at < lines.length && timestampsNs[lines[at - 1]] <= timestampsNs[lines[at]]) {
      at++;
    }
    return Math.min(at, lines.length);
  }

  private static void merge(
      int[] from, int start, int middle, int end, int[] to, long[] timestampsNs) {
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean takeLeft =
          right >= end || (left < middle && timestampsNs[from[left]] <= timestampsNs[from[right]]);
      to[at] = takeLeft ? from[left++] : from[right++];
    }
  }
}
