package dev.sightline.wire.parquet;

/// What the numbers or bytes of a column stand for.
///
/// @param scale of decimals: how many digits stand behind the point
record Meaning(Kind kind, int scale) {
  static final Meaning PLAIN = new Meaning(Kind.PLAIN, 0);

  /// Kinds that are read differently.
  enum Kind {
    PLAIN,
    UNSIGNED,
    DECIMAL,
    TIME,
    HALF_FLOAT,
    OPAQUE
  }

  /// By the older of two ways to say it.
  static Meaning ofConverted(int converted, int scale) {
    return switch (converted) {
      case 5 -> new Meaning(Kind.DECIMAL, scale);
      case 6, 7, 8, 9, 10 -> new Meaning(Kind.TIME, 0);
      case 11, 12, 13, 14 -> new Meaning(Kind.UNSIGNED, 0);
      case 20, 21 -> new Meaning(Kind.OPAQUE, 0);
      default -> PLAIN;
    };
  }

  /// By the newer: a union, of which one field is there.
  static Meaning ofLogical(ThriftInput in) {
    Meaning meaning = PLAIN;
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      switch (field) {
        case 5 -> meaning = new Meaning(Kind.DECIMAL, scale(in));
        case 6, 7, 8 -> {
          meaning = new Meaning(Kind.TIME, 0);
          in.skip();
        }
        case 10 -> meaning = isSigned(in) ? PLAIN : new Meaning(Kind.UNSIGNED, 0);
        case 13, 14 -> {
          meaning = new Meaning(Kind.OPAQUE, 0);
          in.skip();
        }
        case 15 -> {
          meaning = new Meaning(Kind.HALF_FLOAT, 0);
          in.skip();
        }
        default -> in.skip();
      }
    }
    return meaning;
  }

  private static int scale(ThriftInput in) {
    int scale = 0;
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      if (field == 1) {
        scale = in.small();
      } else {
        in.skip();
      }
    }
    return scale;
  }

  private static boolean isSigned(ThriftInput in) {
    boolean signed = true;
    int field = 0;
    while ((field = in.field(field)) != ThriftInput.STOP) {
      if (field == 2) {
        signed = in.flag();
      } else {
        in.skip();
      }
    }
    return signed;
  }
}
