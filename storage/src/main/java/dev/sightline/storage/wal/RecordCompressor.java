package dev.sightline.storage.wal;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;

/// Compresses records that get shorter by it. The last result stays here until the next call.
final class RecordCompressor {
  private final boolean enabled;
  private final SnappyJavaCompressor snappy = new SnappyJavaCompressor();
  private byte[] buffer = new byte[0];
  private int length;
  private int flag;

  RecordCompressor(boolean enabled) {
    this.enabled = enabled;
  }

  /// @return bytes of which the first [#length] count, valid until the next call
  byte[] compress(byte[] record) {
    length = record.length;
    flag = 0;
    if (!enabled) {
      return record;
    }
    int bound = snappy.maxCompressedLength(record.length);
    if (buffer.length < bound) {
      buffer = new byte[bound];
    }
    int compressed = snappy.compress(record, 0, record.length, buffer, 0, buffer.length);
    if (compressed >= record.length) {
      return record;
    }
    length = compressed;
    flag = LogFormat.SNAPPY;
    return buffer;
  }

  int length() {
    return length;
  }

  /// For the type byte of each fragment.
  int flag() {
    return flag;
  }
}
