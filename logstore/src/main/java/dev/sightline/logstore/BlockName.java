package dev.sightline.logstore;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a block's file.
///
/// @param generation 0 for a block that left memory; above that of all blocks there are, for one
///   that replaces others, so that no name is given twice while anything remembers it
record BlockName(long firstSequence, long endSequence, long generation) {
  static final String SUFFIX = ".block";

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{16})-([0-9a-f]{16})(?:-([0-9a-f]{1,15}))?\\.block");

  /// @return the generation in a name; 0 where there is none
  static long generationOf(String name) {
    Matcher matcher = FORM.matcher(name);
    return matcher.matches() && matcher.group(3) != null ? Long.parseLong(matcher.group(3), 16) : 0;
  }

  @Override
  public String toString() {
    String range = String.format(Locale.ROOT, "%016x-%016x", firstSequence, endSequence);
    return generation == 0 ? range + SUFFIX : range + '-' + Long.toHexString(generation) + SUFFIX;
  }
}
