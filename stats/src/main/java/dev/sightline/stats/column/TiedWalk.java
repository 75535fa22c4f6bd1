package dev.sightline.stats.column;

/// Visits the distinct values of two columns together, rising.
public final class TiedWalk {
  private final double[] reference;
  private final double[] current;
  private int referenceSeen;
  private int currentSeen;
  private int referenceHere;
  private int currentHere;
  private double value;

  public TiedWalk(SortedColumn reference, SortedColumn current) {
    this.reference = reference.values();
    this.current = current.values();
  }

  /// Moves to the next distinct value.
  ///
  /// @return false at the end
  public boolean next() {
    referenceSeen += referenceHere;
    currentSeen += currentHere;
    if (referenceSeen == reference.length && currentSeen == current.length) {
      return false;
    }
    value =
        referenceSeen == reference.length
            ? current[currentSeen]
            : currentSeen == current.length
                ? reference[referenceSeen]
                : Math.min(reference[referenceSeen], current[currentSeen]);
    referenceHere = run(reference, referenceSeen);
    currentHere = run(current, currentSeen);
    return true;
  }

  public double value() {
    return value;
  }

  /// Reference rows with a smaller value.
  public int referenceBelow() {
    return referenceSeen;
  }

  public int currentBelow() {
    return currentSeen;
  }

  /// Reference rows with this value.
  public int referenceHere() {
    return referenceHere;
  }

  public int currentHere() {
    return currentHere;
  }

  private int run(double[] values, int from) {
    int to = from;
    while (to < values.length && values[to] == value) {
      to++;
    }
    return to - from;
  }
}
