package dev.sightline.storage.wal;

import java.util.List;

/// What reading a log back found.
///
/// @param records that were whole
/// @param bytes of these records, uncompressed
/// @param damages in the order of the log; at most [#MAX_DAMAGES] of them
/// @param damageCount how many there were in all
/// @param lastFile the highest number among the files, -1 if there is none
public record ReplayReport(
    long records, long bytes, List<Damage> damages, long damageCount, int lastFile) {
  static final int MAX_DAMAGES = 100;

  public ReplayReport {
    damages = List.copyOf(damages);
  }

  /// A place in the log that could not be read.
  ///
  /// @param offset in the file
  /// @param bytes how many were passed over
  /// @param tornTail whether nothing whole comes behind it in its file: what a crash in the middle
  ///   of a write leaves, which nobody was told was stored
  public record Damage(int file, long offset, long bytes, String what, boolean tornTail) {}

  /// Whether something is wrong that no crash explains.
  public boolean isDamaged() {
    return damageCount > damages.size() || damages.stream().anyMatch(damage -> !damage.tornTail());
  }
}
