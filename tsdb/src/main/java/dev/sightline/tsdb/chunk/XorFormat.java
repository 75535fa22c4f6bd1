package dev.sightline.tsdb.chunk;

/// The bits of one chunk of samples, as Prometheus's XOR encoding writes them: a stream of bits,
/// highest bit first, everything big-endian.
///
/// | Sample | Field   | Bits                  | Meaning                                      |
/// |-------:|---------|-----------------------|----------------------------------------------|
/// |      – | `count` | 16                    | number of samples                            |
/// |      0 | `time`  | zigzag varint         | Unix milliseconds                            |
/// |      0 | `value` | 64                    | as IEEE 754 bits                             |
/// |      1 | `delta` | unsigned varint       | time since sample 0                          |
/// |      1 | `value` | as below              |                                              |
/// |     2… | `time`  | `0`                   | the delta is that of the sample before       |
/// |        |         | `10` + 14             | difference of deltas, −8191 to 8192          |
/// |        |         | `110` + 17            | −65535 to 65536                              |
/// |        |         | `1110` + 20           | −524287 to 524288                            |
/// |        |         | `1111` + 64           | anything else                                |
/// |     2… | `value` | `0`                   | the value before                             |
/// |        |         | `10` + the window     | exclusive or with the value before, cut to   |
/// |        |         |                       | the window of bits that was in use           |
/// |        |         | `11` + 5 + 6 + window | a new window: leading zeros (at most 31),    |
/// |        |         |                       | its width (64 as 0), its bits                |
public final class XorFormat {
  /// The number of this encoding in blocks and head files.
  public static final int ENCODING = 1;

  static final int HEADER_BYTES = 2;

  /// The most bytes a sample can add: 4 + 64 bits of time, 2 + 5 + 6 + 64 bits of value.
  static final int MAX_SAMPLE_BYTES = 19;

  private XorFormat() {}
}
