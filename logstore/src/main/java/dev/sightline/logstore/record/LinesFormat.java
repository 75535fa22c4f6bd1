package dev.sightline.logstore.record;

/// The bytes of a record in the log of lines: some of the lines of one call. `LinesRecordTest`
/// holds this table against bytes.
///
/// | Offset | Size | Field           | Meaning                                             |
/// |-------:|-----:|-----------------|-----------------------------------------------------|
/// |      0 |    1 | `type`          | [#LINES]                                            |
/// |      1 |    8 | `firstSequence` | big-endian; the lines have this number and those behind it |
/// |      9 |    8 | `arrivalMs`     | big-endian, Unix milliseconds                       |
/// |     17 |  var | `lines`         | until the end of the record                         |
///
/// A line:
///
/// | Size           | Field       | Meaning                                                    |
/// |---------------:|-------------|------------------------------------------------------------|
/// | 1 to 5         | `stream`    | varint: number of the stream within the record, from 0     |
/// | var            | `labels`    | only where the number is new, which is the next then: varint count, then name and value of each as varint length and UTF-8 |
/// | 1 to 10        | `timeDelta` | zigzag varint, nanoseconds from the line before, at first from 0 |
/// | var            | `metadata`  | as `labels`, always there                                  |
/// | 1 to 5         | `length`    | varint                                                     |
/// | `length`       | `line`      | its bytes                                                  |
///
/// The last three fields together are the line's *body*: a head in memory keeps them as they are.
final class LinesFormat {
  static final int LINES = 1;
  static final int FIRST_SEQUENCE_OFFSET = 1;
  static final int HEADER_BYTES = 17;

  private LinesFormat() {}
}
