package dev.sightline.model.log;

import dev.sightline.model.label.Labels;
import java.util.Set;

/// Takes numbers of lines in the place of lines.
public interface LineCounts {
  /// In which part of time a moment lies: moments of one part need not be told apart. Does not fall
  /// when times rise.
  int slotOf(long timestampNs);

  /// @param metadata the labels that were asked for, as these lines have them
  /// @param lineBytes of all of them together
  void add(int slot, Labels metadata, long lines, long lineBytes);

  /// Counts lines one by one.
  static void walk(LogCursor cursor, Set<String> metadataNames, LineCounts into) {
    while (cursor.next()) {
      Labels metadata =
          metadataNames.isEmpty() ? Labels.EMPTY : cursor.metadata().keeping(metadataNames);
      into.add(
          into.slotOf(cursor.timestampNs()), metadata, 1, cursor.lineEnd() - cursor.lineStart());
    }
  }
}
