package dev.sightline.wire.parquet;

import org.jspecify.annotations.Nullable;

/// One column of a Parquet file.
///
/// @param type how its values are written: one of the constants
/// @param flat whether each row has one value at most
record Leaf(
    String name, int type, int typeLength, boolean optional, boolean flat, Meaning meaning) {
  static final int BOOLEAN = 0;
  static final int INT32 = 1;
  static final int INT64 = 2;
  static final int INT96 = 3;
  static final int FLOAT = 4;
  static final int DOUBLE = 5;
  static final int BYTES = 6;
  static final int FIXED_BYTES = 7;

  static final int OPTIONAL = 1;
  static final int REPEATED = 2;

  /// @return why the column cannot be read, or null
  @Nullable String skippedBecause() {
    if (!flat) {
      return "it is nested";
    }
    if (type == INT96 || meaning.kind() == Meaning.Kind.TIME) {
      return "it holds times";
    }
    boolean decimal = meaning.kind() == Meaning.Kind.DECIMAL;
    if (meaning.kind() == Meaning.Kind.OPAQUE || (type == FIXED_BYTES && !isNumber() && !decimal)) {
      return "it holds bytes without a meaning";
    }
    return null;
  }

  boolean isNumber() {
    return switch (type) {
      case INT32, INT64, FLOAT, DOUBLE -> true;
      case BYTES -> meaning.kind() == Meaning.Kind.DECIMAL;
      case FIXED_BYTES ->
          meaning.kind() == Meaning.Kind.DECIMAL
              || (meaning.kind() == Meaning.Kind.HALF_FLOAT && typeLength == Short.BYTES);
      default -> false;
    };
  }
}
