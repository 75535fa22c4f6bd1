package dev.sightline.quality.baseline;

/// How much memory the cells of one file may still take. Used by one thread.
final class FileRoom {
  private static final int OF_A_TEXT = 100;
  private static final long MEGABYTE = 1L << 20;

  private final long bytes;
  private long taken;

  FileRoom(long bytes) {
    this.bytes = bytes;
  }

  /// An eighth of the largest heap.
  static FileRoom usual() {
    return new FileRoom(Runtime.getRuntime().maxMemory() / 8);
  }

  /// @throws IllegalArgumentException in the user's words if there is no room for it
  void take(long more) {
    taken += more;
    if (taken > bytes) {
      throw new IllegalArgumentException(
          "the rows take more than "
              + Math.max(1, bytes / MEGABYTE)
              + " MB of memory; send fewer of them, such as a sample, or fewer columns");
    }
  }

  void takeText(String text) {
    take(OF_A_TEXT + 2L * text.length());
  }
}
