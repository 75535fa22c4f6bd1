package dev.sightline.tsdb.block;

/// The index file of a block: which series there are, which labels they have, where their chunks
/// lie.
///
/// | Section          | Content                                                                |
/// |------------------|------------------------------------------------------------------------|
/// | header           | u32 0xbaaad700, u8 2                                                   |
/// | symbols          | u32 length, u32 count, texts in order (uvarint length, UTF-8), u32 checksum |
/// | series           | sorted by labels, each at a multiple of 16, which divided by 16 is its number: uvarint length, the entry, u32 checksum |
/// | postings         | for each label, and first for all series under the empty label, at multiples of 4: u32 length, u32 count, u32 numbers, u32 checksum |
/// | postings offsets | u32 length, u32 count, entries (u8 2, text name, text value, uvarint offset) in order, u32 checksum |
/// | contents         | u64 offsets of symbols, series, label indices, their table (both unused), postings, postings offsets; u32 checksum |
///
/// A series entry: uvarint count of labels, each two uvarint symbol numbers; uvarint count of
/// chunks; of the first varint minimum, uvarint length in time, uvarint ref; of the others uvarint
/// distance from the maximum before, uvarint length in time, varint difference of refs.
final class IndexFormat {
  static final long MAGIC = 0xbaaad700L;
  static final int VERSION = 2;
  static final int HEADER_BYTES = 5;
  static final int SERIES_ALIGNMENT = 16;
  static final int POSTINGS_ALIGNMENT = 4;
  static final int CONTENTS_BYTES = 6 * 8 + 4;

  private IndexFormat() {}
}
