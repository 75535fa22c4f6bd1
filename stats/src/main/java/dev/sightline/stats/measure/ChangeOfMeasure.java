package dev.sightline.stats.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Why a measure moved: for each part of the rows, how much came from the part becoming more or
/// less frequent, and how much from the model becoming better or worse on it.
///
/// @param before the whole, in the first window
/// @param after the whole, in the second
/// @param parts those that explain most first
public record ChangeOfMeasure(double before, double after, List<Part> parts) {
  /*
   * The measure is a ratio of sums: accuracy is hits over rows, recall hits over true cases, MAE
   * errors over rows. With w the share of a part in the denominator, r its own ratio and M the mean of
   * both wholes,
   *     after - before = sum (w2 - w1) ((r1 + r2) / 2 - M) + sum (r2 - r1) (w1 + w2) / 2
   * exactly, because the shares add up to 1 on both sides, so that M cancels. Subtracting M makes the
   * mix of one part readable: more of a part that is worse than the whole pulls the whole down. A
   * part that is new or gone has one ratio only; its other one is taken to be the same, so that all
   * of its effect is mix. After E. Kitagawa, "Components of a difference between two rates" (1955).
   */
  public ChangeOfMeasure {
    parts = List.copyOf(parts);
  }

  /// One class or segment before and after.
  ///
  /// @param name by which the caller knows it
  public record Side(
      String name, double partBefore, double ofBefore, double partAfter, double ofAfter) {
    public Side {
      if (ofBefore < 0 || ofAfter < 0) {
        throw new IllegalArgumentException("BUG: a part with fewer than no rows");
      }
    }
  }

  /// @param mix what changed because the part is a larger or smaller share now
  /// @param within what changed because the measure of the part is another now
  public record Part(
      String name, double shareBefore, double shareAfter, double mix, double within) {
    public double effect() {
      return mix + within;
    }
  }

  /// Of all parts, the sum of mix effects.
  public double mix() {
    return parts.stream().mapToDouble(Part::mix).sum();
  }

  /// Of all parts, the sum of effects within.
  public double within() {
    return parts.stream().mapToDouble(Part::within).sum();
  }

  /// @param sides disjoint, and together everything
  /// @throws IllegalArgumentException if one window has no rows
  public static ChangeOfMeasure of(List<Side> sides) {
    double allBefore = sides.stream().mapToDouble(Side::ofBefore).sum();
    double allAfter = sides.stream().mapToDouble(Side::ofAfter).sum();
    if (allBefore == 0 || allAfter == 0) {
      throw new IllegalArgumentException("a change needs rows in both windows");
    }
    double before = sides.stream().mapToDouble(Side::partBefore).sum() / allBefore;
    double after = sides.stream().mapToDouble(Side::partAfter).sum() / allAfter;
    double middle = (before + after) / 2;
    List<Part> parts = new ArrayList<>();
    for (Side side : sides) {
      if (side.ofBefore() + side.ofAfter() > 0) {
        parts.add(part(side, side.ofBefore() / allBefore, side.ofAfter() / allAfter, middle));
      }
    }
    parts.sort(Comparator.comparingDouble(part -> -Math.abs(part.effect())));
    return new ChangeOfMeasure(before, after, parts);
  }

  /// The change of accuracy, by true class.
  public static ChangeOfMeasure ofAccuracy(
      ConfusionCounts before, ConfusionCounts after, List<String> classNames) {
    List<Side> sides = new ArrayList<>();
    for (int each = 0; each < classNames.size(); each++) {
      sides.add(
          new Side(
              classNames.get(each),
              each < before.classes() ? before.count(each, each) : 0,
              each < before.classes() ? before.support(each) : 0,
              each < after.classes() ? after.count(each, each) : 0,
              each < after.classes() ? after.support(each) : 0));
    }
    return of(sides);
  }

  private static Part part(Side side, double shareBefore, double shareAfter, double middle) {
    double ratioBefore =
        side.ofBefore() > 0
            ? side.partBefore() / side.ofBefore()
            : side.partAfter() / side.ofAfter();
    double ratioAfter = side.ofAfter() > 0 ? side.partAfter() / side.ofAfter() : ratioBefore;
    double mix = (shareAfter - shareBefore) * ((ratioBefore + ratioAfter) / 2 - middle);
    double within = (ratioAfter - ratioBefore) * (shareBefore + shareAfter) / 2;
    return new Part(side.name(), shareBefore, shareAfter, mix, within);
  }
}
