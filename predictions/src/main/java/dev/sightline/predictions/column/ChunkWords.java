package dev.sightline.predictions.column;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;

/// The words of one chunk, found where they lie when they are asked for. Owned by one thread.
final class ChunkWords {
  static final ChunkWords NONE = new ChunkWords(0, new byte[0]);

  private final int count;
  private final byte[] bytes;
  private int[] places = {};
  private double[] numbers = {};

  ChunkWords(int count, byte[] bytes) {
    if (count > bytes.length) {
      throw new BadBytesException(count + " words in " + bytes.length + " bytes");
    }
    this.count = count;
    this.bytes = bytes;
  }

  int[] codes(WordCodes codes) {
    return codes.known(bytes, count);
  }

  int code(int word, WordCodes codes) {
    ByteSource from = at(word);
    int tag = from.u8();
    return switch (tag) {
      case ColumnFormat.TEXT -> codes.text(from.text());
      case ColumnFormat.NUMBER -> codes.number(from.f64());
      case ColumnFormat.FALSE -> codes.flag(false);
      case ColumnFormat.TRUE -> codes.flag(true);
      default -> throw unknown(tag);
    };
  }

  /// NaN for a text.
  double number(int word) {
    if (numbers.length == 0 && count > 0) {
      double[] all = new double[count];
      for (int each = 0; each < count; each++) {
        ByteSource from = at(each);
        int tag = from.u8();
        all[each] =
            switch (tag) {
              case ColumnFormat.TEXT -> Double.NaN;
              case ColumnFormat.NUMBER -> from.f64();
              case ColumnFormat.FALSE -> 0;
              case ColumnFormat.TRUE -> 1;
              default -> throw unknown(tag);
            };
      }
      numbers = all;
    }
    if (word < 0 || word >= count) {
      throw new BadBytesException("word " + word + " of " + count);
    }
    return numbers[word];
  }

  private ByteSource at(int word) {
    if (places.length == 0) {
      places = places();
    }
    return new ByteSource(bytes, places[word], bytes.length - places[word]);
  }

  private int[] places() {
    int[] found = new int[count];
    ByteSource from = new ByteSource(bytes);
    for (int word = 0; word < count; word++) {
      found[word] = from.position();
      int tag = from.u8();
      switch (tag) {
        case ColumnFormat.TEXT -> from.skip(from.length());
        case ColumnFormat.NUMBER -> from.skip(Double.BYTES);
        case ColumnFormat.FALSE, ColumnFormat.TRUE -> {}
        default -> throw unknown(tag);
      }
    }
    return found;
  }

  private static BadBytesException unknown(int tag) {
    return new BadBytesException("a word of the unknown kind " + tag);
  }
}
