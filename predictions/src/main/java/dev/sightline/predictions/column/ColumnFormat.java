package dev.sightline.predictions.column;

/// The bytes of a column file: the fields of a part's rows, each for itself, in the order of its
/// row file. It is made from that and can be made again. `ColumnFileTest` holds this against golden
/// bytes. Numbers are big-endian, but for the codes, doubles and hashes of chunks.
///
/// | Part | Bytes |
/// |------|-------|
/// | header | magic `SLPV`, version 1, part's number, CRC-32C of these; 4 bytes each |
/// | block, many | directory: for each column that is known so far, kind of chunk (1), its bytes (4); CRC-32C; then the chunks, in that order |
/// | footer | rows (4); 1 where every feature, class and tag has a column, else 0; count of columns, each: kind of field (1), text name; count of blocks, each: rows, columns, bytes of its chunks, zigzag first ms since the block before, last ms since its first; CRC-32C |
/// | end | length of the footer (4), magic `SLPE` |
///
/// A chunk ends with a CRC-32C of the rest of it; one of no bytes has none. What it holds:
///
/// | Kind | Values |
/// |-----:|--------|
/// | 0 | none: absent in all rows |
/// | 1 | doubles, 8 bytes each; [#ABSENT] where there is none |
/// | 2 | whole numbers: zigzag least, width (1), for each row its distance from the least |
/// | 3 | words: count, bytes of the words, the words, width (1), for each row the place of its word |
/// | 4 | hashes, 8 bytes each |
/// | 5 | as 3, with the words in zstd: bytes when read, bytes here, zstd, the rest as it is |
///
/// A width is 0, 1, 2 or 4 bytes; with 0 all rows have the first. The largest unsigned number of a
/// width stands for absent. A word is 0 and a text, 1 and a double (8), 2 for false or 3 for true.
/// Lists, objects and null count as absent.
final class ColumnFormat {
  static final int HEADER_MAGIC = 0x534c5056;
  static final int END_MAGIC = 0x534c5045;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 16;
  static final int CHECKSUM_BYTES = 4;
  static final int END_BYTES = 8;
  static final int ENTRY_BYTES = 5;

  static final int NONE = 0;
  static final int DOUBLES = 1;
  static final int WHOLE = 2;
  static final int WORDS = 3;
  static final int HASHES = 4;
  static final int PACKED_WORDS = 5;

  static final int TEXT = 0;
  static final int NUMBER = 1;
  static final int FALSE = 2;
  static final int TRUE = 3;

  /// The NaN that no value has: those of values are written as Java's own.
  static final long ABSENT = 0x7ff8_0000_0000_0001L;

  /// Rows of a block where the columns are few.
  static final int BLOCK_ROWS = 8_192;

  /// A block of many columns ends earlier, so that one in the making takes some megabytes.
  static final int BLOCK_CELLS = 1 << 20;

  /// So does one of long rows.
  static final int BLOCK_BYTES = 8 << 20;

  /// What comes after so many columns has none: its names are as many as its rows, perhaps.
  static final int MOST_COLUMNS = 4_096;

  /// Words that take less are not packed.
  static final int PACKED_FROM_BYTES = 1_024;

  /// No chunk that was ever written is longer: what a file claims is checked before memory is
  /// taken.
  static final int MAX_CHUNK_BYTES = 1 << 30;

  private ColumnFormat() {}
}
