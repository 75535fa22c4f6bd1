package dev.sightline.logstore.block;

/// The bytes of a block: one file with the lines of one day that left memory together. Numbers are
/// big-endian or varints. `BlockFormatTest` holds this table against golden bytes.
///
/// | Part      | Contents                                                                     |
/// |-----------|------------------------------------------------------------------------------|
/// | head      | [#MAGIC], 4 bytes                                                            |
/// | frames    | rows, by labels of the stream, time, arrival; each frame about [#FRAME_BYTES] of lines |
/// | streams   | section: count; each stream: labels, how many rows, first time, last time less the first |
/// | directory | section: count; each frame: rows, first and last time, offset, stored and raw length of its four columns, checksum, length and checksum of its filter |
/// | identities | section, a Bloom filter over the identities of all lines                     |
/// | counts    | section: a table of metadata; count; each stream within each frame, in the order of rows: rows, first time, last time less the first, bytes of lines, and for each metadata: its place in the table, rows, bytes of lines |
/// | footer    | [#VERSION], numbers of the block, the four sections' places, names of the files that this one replaces |
/// | end       | length of the footer, CRC-32C of the footer, [#MAGIC]; 4 bytes each          |
///
/// A section is compressed by zstd where that makes it shorter, and has offset, stored length, raw
/// length and CRC-32C of what is stored in the footer.
///
/// [#FIRST_VERSION] had neither counts nor replaced files, and metadata were plain, without a word
/// about it.
///
/// The columns of a frame follow one another, then its filter:
///
/// | Column   | Contents                                                                        |
/// |----------|---------------------------------------------------------------------------------|
/// | times    | unit in nanoseconds; then per row the difference to the row before, in units, zigzag |
/// | lengths  | of each line                                                                    |
/// | metadata | [#TABLE], a table of labels, the place of each row's in it, a byte each; or [#PLAIN], the labels of each row; nothing at all if no row has any |
/// | lines    | their bytes, one behind the other                                               |
/// | filter   | a Bloom filter over words and grams of the lines, see [Words]                   |
final class BlockFormat {
  /// "SLLB": Sightline's log block.
  static final int MAGIC = 0x534c_4c42;

  static final int FIRST_VERSION = 1;
  static final int VERSION = 2;

  /// Kinds of metadata columns.
  static final int PLAIN = 0;

  static final int TABLE = 1;

  /// The most sets of metadata that a frame has a table of.
  static final int MAX_TABLE = 255;

  /// After how many bytes of lines a frame ends: large enough to compress well, small enough that a
  /// page of lines costs a millisecond.
  static final int FRAME_BYTES = 1 << 20;

  static final int MAX_FRAME_ROWS = 1 << 16;

  static final int COLUMNS = 4;
  static final int TIMES = 0;
  static final int LENGTHS = 1;
  static final int METADATA = 2;
  static final int LINES = 3;

  /// Length, checksum and magic.
  static final int END_BYTES = 12;

  static final int WORD_BITS = 8;
  static final int WORD_HASHES = 5;
  static final int IDENTITY_BITS = 10;
  static final int IDENTITY_HASHES = 4;

  private BlockFormat() {}
}
