package dev.sightline.predictions.part;

/// Where a row stands among all: by time, equal times by arrival.
///
/// @param sequence no two rows have the same
public record Place(long timeMs, long sequence) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    int byTime = Long.compare(timeMs, other.timeMs);
    return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
  }
}
