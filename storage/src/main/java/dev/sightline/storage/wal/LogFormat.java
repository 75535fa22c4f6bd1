package dev.sightline.storage.wal;

import java.util.zip.CRC32C;

/// The bytes of a log file, which are those of Prometheus's write-ahead log. `LogFormatTest` holds
/// this table against golden bytes.
///
/// A file is a row of pages of [#PAGE_BYTES]; the last may be shorter. A page holds fragments. A
/// record is one fragment, or several that each fill their page to its end but for the last. What
/// is left of a page and too short for a header is zero. A record never crosses files.
///
/// | Offset | Size | Field      | Meaning                                                      |
/// |-------:|-----:|------------|--------------------------------------------------------------|
/// |      0 |    1 | `type`     | bits 0 to 2: [#FULL] [#FIRST] [#MIDDLE] [#LAST]; 0: rest of the page is zero |
/// |        |      |            | bit 3: [#SNAPPY], bit 4: [#ZSTD], for the record as a whole   |
/// |      1 |    2 | `length`   | unsigned, big-endian, of the payload                         |
/// |      3 |    4 | `checksum` | CRC-32C of the payload, big-endian                           |
/// |      7 |  var | `payload`  | part of the record                                           |
final class LogFormat {
  static final int PAGE_BYTES = 32 * 1024;
  static final int HEADER_BYTES = 7;
  static final int LENGTH_OFFSET = 1;
  static final int CHECKSUM_OFFSET = 3;

  static final int FULL = 1;
  static final int FIRST = 2;
  static final int MIDDLE = 3;
  static final int LAST = 4;
  static final int TYPE_MASK = 0b111;

  static final int SNAPPY = 1 << 3;
  static final int ZSTD = 1 << 4;
  static final int COMPRESSION_MASK = SNAPPY | ZSTD;

  private LogFormat() {}

  static boolean isType(int typeByte) {
    int type = typeByte & TYPE_MASK;
    boolean known = (typeByte & ~(TYPE_MASK | COMPRESSION_MASK)) == 0;
    return known
        && type >= FULL
        && type <= LAST
        && (typeByte & COMPRESSION_MASK) != (SNAPPY | ZSTD);
  }

  static int checksum(byte[] bytes, int offset, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, length);
    return (int) checksum.getValue();
  }

  /// How long a record may be that starts in a file of which `usedBytes` are used already.
  static long roomForRecord(long usedBytes, long fileBytes) {
    long usedOfPage = usedBytes % PAGE_BYTES;
    long leftOfPage = PAGE_BYTES - usedOfPage - HEADER_BYTES;
    long wholePages = fileBytes / PAGE_BYTES - usedBytes / PAGE_BYTES - 1;
    return Math.max(leftOfPage, 0) + (PAGE_BYTES - HEADER_BYTES) * wholePages;
  }
}
