package dev.sightline.predictions.shelf;

import dev.sightline.predictions.part.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds parts of one model and day that should be one: a day that is written in many cuts is to be
/// read from few files.
///
/// Parts are merged when there are [#MANY] of about a size, so that a row is written anew some few
/// times however many cuts its day takes.
public final class SmallParts {
  static final int MANY = 6;

  /// A part of so many rows is left alone.
  static final int LARGE_ROWS = 8_000_000;

  private SmallParts() {}

  private record Group(String model, long day) {}

  /// @return the parts to merge; empty if there are none
  public static List<Part> toMerge(Shelf shelf) {
    Map<Group, List<Part>> groups =
        new TreeMap<>(Comparator.comparing(Group::model).thenComparingLong(Group::day));
    for (Part part : shelf.parts()) {
      if (part.isDamaged()) {
        continue;
      }
      Group group = new Group(part.facts().model(), part.facts().day());
      groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(part);
    }
    for (List<Part> group : groups.values()) {
      List<Part> merged = toMerge(group);
      if (merged.size() >= MANY) {
        return merged;
      }
    }
    return List.of();
  }

  /// The smallest parts, each at most as large as those before it together, and the first few in
  /// any case.
  private static List<Part> toMerge(List<Part> group) {
    List<Part> chosen = new ArrayList<>();
    long rows = 0;
    for (Part part :
        group.stream().sorted(Comparator.comparingInt(one -> one.facts().rows())).toList()) {
      boolean similar = chosen.size() < 2 || part.facts().rows() <= rows;
      if (!similar || rows + part.facts().rows() > LARGE_ROWS) {
        break;
      }
      chosen.add(part);
      rows += part.facts().rows();
    }
    return chosen;
  }
}
