package dev.sightline.quality.offline;

/// How many values are kept as they are, and so judged exactly, before sketches take over.
///
/// @param mostValues of all columns that are held at one time
/// @param sketchBeyond whether more are sketched; else they are refused
public record KeepRows(long mostValues, boolean sketchBeyond) {
  /// 64 MB, whatever the size of the files.
  public static final KeepRows FEW = new KeepRows(8L << 20, true);

  /// None beyond what a sketch of a few rows holds anyway.
  public static final KeepRows NONE = new KeepRows(0, true);

  /// Every row, as far as this process's memory goes: sorting needs a value twice.
  public static KeepRows all() {
    return new KeepRows(Runtime.getRuntime().maxMemory() / Double.BYTES / 3, false);
  }

  int each(int columns) {
    return (int) Math.min(Integer.MAX_VALUE - 8, mostValues / Math.max(1, columns));
  }
}
