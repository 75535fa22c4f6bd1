package dev.sightline.tsdb.index;

/// The numbers of `kept` that are not in `dropped`.
public record Difference(Postings kept, Postings dropped) implements Postings {
  @Override
  public int next() {
    return skip(kept.next());
  }

  @Override
  public int seek(int target) {
    return skip(kept.seek(target));
  }

  private int skip(int first) {
    int candidate = first;
    while (candidate != END && dropped.seek(candidate) == candidate) {
      candidate = kept.next();
    }
    return candidate;
  }
}
