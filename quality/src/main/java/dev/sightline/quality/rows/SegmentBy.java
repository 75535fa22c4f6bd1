package dev.sightline.quality.rows;

import java.util.Arrays;
import java.util.List;

/// The features or tags whose values together make a segment that has series of its own.
///
/// @param names from one to four
public record SegmentBy(List<String> names) {
  private static final int MOST_NAMES = 4;

  public SegmentBy {
    names = List.copyOf(names);
    if (names.isEmpty() || names.size() > MOST_NAMES || names.contains("")) {
      throw new IllegalArgumentException(
          "must be from one to " + MOST_NAMES + " names, with commas between them");
    }
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("names a feature twice");
    }
  }

  /// @param text `country`, or `country,device` for their combinations
  /// @throws IllegalArgumentException in the user's words
  public static SegmentBy parse(String text) {
    return new SegmentBy(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }

  /// As users ask for the segment: `country="ES",device="phone"`.
  ///
  /// @param values in the order of the names
  public String text(List<String> values) {
    StringBuilder text = new StringBuilder();
    for (int each = 0; each < values.size(); each++) {
      String name = names.get(each);
      text.append(each == 0 ? "" : ",")
          .append(isPlain(name) ? name : quoted(name))
          .append('=')
          .append(quoted(values.get(each)));
    }
    return text.toString();
  }

  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_.-".indexOf(c) >= 0);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
