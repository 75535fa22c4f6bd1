package dev.sightline.tsdb.index;

import java.util.List;

/// The numbers found in every list; costs about the length of the shortest.
///
/// @param lists at least one
public record Intersection(List<Postings> lists) implements Postings {
  public Intersection {
    lists = List.copyOf(lists);
  }

  @Override
  public int next() {
    return agree(lists.getFirst().next());
  }

  @Override
  public int seek(int target) {
    return agree(lists.getFirst().seek(target));
  }

  private int agree(int first) {
    int candidate = first;
    int agreed = 1;
    // Each list in turn is asked for the candidate; one that has a later number makes it the new
    // one.
    for (int i = 1; agreed < lists.size() && candidate != END; i = (i + 1) % lists.size()) {
      int found = lists.get(i).seek(candidate);
      agreed = found == candidate ? agreed + 1 : 1;
      candidate = found;
    }
    return candidate;
  }
}
