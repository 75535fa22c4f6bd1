package dev.sightline.wire.parquet;

/// What stands before a page.
///
/// @param size of the page, as it will be when it is unpacked
/// @param packedSize as it lies in the file
/// @param levelsSize bytes of levels before the values; only where `second`
/// @param second whether it is of the second version of data pages
/// @param packed whether the values are compressed, where the column is
record PageHeader(
    int kind,
    int size,
    int packedSize,
    int values,
    int encoding,
    int levelsSize,
    boolean second,
    boolean packed) {
  static final int DATA = 0;
  static final int DICTIONARY = 2;
  static final int DATA_SECOND = 3;

  static PageHeader read(ThriftInput in) {
    int kind = -1;
    int size = 0;
    int packedSize = 0;
    int[] inner = new int[] {0, 0, 0, 1};
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      switch (field) {
        case 1 -> kind = in.small();
        case 2 -> size = in.small();
        case 3 -> packedSize = in.small();
        case 5, 7 -> inner(in, inner);
        case 8 -> innerSecond(in, inner);
        default -> in.skip();
      }
    }
    return new PageHeader(
        kind, size, packedSize, inner[0], inner[1], inner[2], kind == DATA_SECOND, inner[3] == 1);
  }

  private static void inner(ThriftInput in, int[] found) {
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      switch (field) {
        case 1 -> found[0] = in.small();
        case 2 -> found[1] = in.small();
        default -> in.skip();
      }
    }
  }

  private static void innerSecond(ThriftInput in, int[] found) {
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      switch (field) {
        case 1 -> found[0] = in.small();
        case 4 -> found[1] = in.small();
        case 5, 6 -> found[2] += in.small();
        case 7 -> found[3] = in.flag() ? 1 : 0;
        default -> in.skip();
      }
    }
  }
}
