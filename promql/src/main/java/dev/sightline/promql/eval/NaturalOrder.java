package dev.sightline.promql.eval;

/// The order in which "host2" stands before "host10": runs of digits compare as numbers.
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() && j < right.length()) {
      int leftEnd = runEnd(left, i);
      int rightEnd = runEnd(right, j);
      String a = left.substring(i, leftEnd);
      String b = right.substring(j, rightEnd);
      int order = isDigit(a.charAt(0)) && isDigit(b.charAt(0)) ? numbers(a, b) : a.compareTo(b);
      if (order != 0) {
        return order;
      }
      i = leftEnd;
      j = rightEnd;
    }
    return (left.length() - i) - (right.length() - j);
  }

  /// By value; equal values by the number of leading zeros.
  private static int numbers(String a, String b) {
    String left = withoutZeros(a);
    String right = withoutZeros(b);
    int order = left.length() - right.length();
    order = order != 0 ? order : left.compareTo(right);
    return order != 0 ? order : a.length() - b.length();
  }

  private static String withoutZeros(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static int runEnd(String text, int start) {
    boolean digits = isDigit(text.charAt(start));
    int end = start + 1;
    while (end < text.length() && isDigit(text.charAt(end)) == digits) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
