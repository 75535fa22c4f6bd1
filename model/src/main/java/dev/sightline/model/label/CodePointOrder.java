package dev.sightline.model.label;

/// The order of the UTF-8 bytes of two strings, which is how Prometheus sorts label names and
/// values.
///
/// It differs from `String.compareTo` only where surrogate pairs meet characters above them.
public final class CodePointOrder {
  private CodePointOrder() {}

  /// @return negative, zero or positive, as `Comparator.compare`
  public static int compare(String left, String right) {
    // Sets of labels are mostly equal texts, often the same objects: told quickly.
    if (left.equals(right)) {
      return 0;
    }
    int shared = Math.min(left.length(), right.length());
    for (int i = 0; i < shared; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return rank(a) - rank(b);
      }
    }
    return left.length() - right.length();
  }

  /// Lifts surrogates above the rest of the plane, where their code points belong.
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }
}
