package dev.sightline.predictions.part;

/// The bytes of an id index, which says in which row of a part an id stands. Numbers are
/// big-endian.
///
/// | Part | Bytes |
/// |------|-------|
/// | header | magic `SLPI`, version 1, rows, words of the filter, CRC-32C of these; 4 bytes each |
/// | filter | that many words of 8 bytes, CRC-32C |
/// | pages, each 4,096 bytes | up to 340 entries: hash (8), row (4, sign bit set where it has a truth); zeros; at 4,088 the number of entries (4), CRC-32C of all before it |
///
/// Entries stand in rising order of their hashes, as unsigned numbers; all pages but the last are
/// full. The first page begins at the next multiple of 4,096 behind the filter.
final class IdIndexFormat {
  static final int MAGIC = 0x534c5049;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 20;
  static final int PAGE_BYTES = 4096;
  static final int ENTRY_BYTES = 12;
  static final int ENTRIES_PER_PAGE = 340;
  static final int COUNT_OFFSET = 4088;
  static final int CHECKSUM_OFFSET = 4092;

  private IdIndexFormat() {}

  static long pagesOffset(int filterWords) {
    long end = HEADER_BYTES + (long) filterWords * Long.BYTES + RowFormat.CHECKSUM_BYTES;
    return (end + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
  }

  static int pages(int rows) {
    return (rows + ENTRIES_PER_PAGE - 1) / ENTRIES_PER_PAGE;
  }
}
