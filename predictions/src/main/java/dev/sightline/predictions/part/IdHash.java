package dev.sightline.predictions.part;

/// The 64 bits by which an id is looked up. They stand in files, and so never change.
public final class IdHash {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private IdHash() {}

  /// FNV-1a over the UTF-16 units, low byte first, and MurmurHash3's last step, which spreads it
  /// evenly: the index guesses a place from the value.
  public static long of(String id) {
    long hash = OFFSET;
    for (int i = 0; i < id.length(); i++) {
      char unit = id.charAt(i);
      hash = (hash ^ (unit & 0xff)) * PRIME;
      hash = (hash ^ (unit >>> 8)) * PRIME;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
