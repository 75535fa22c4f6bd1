package dev.sightline.wire.parquet;

import dev.sightline.wire.parquet.ColumnPages.Page;
import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.ColumnSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the pages of a column of texts or flags. Of texts that stand in a dictionary only the
/// codes are counted, so that each text is given once a chunk.
final class TextPages {
  private static final byte[][] FLAGS = {
    "false".getBytes(StandardCharsets.UTF_8), "true".getBytes(StandardCharsets.UTF_8)
  };

  private final Leaf leaf;
  private final ColumnSink sink;
  private byte[] dictionary = new byte[0];
  private int[] starts = new int[1];
  private long[] counts = new long[0];
  private int[] codes = new int[0];

  TextPages(Leaf leaf, ColumnSink sink) {
    this.leaf = leaf;
    this.sink = sink;
  }

  void read(ColumnPages pages) throws IOException {
    starts = new int[1];
    counts = new long[0];
    for (Page page = pages.next(); page != null; page = pages.next()) {
      if (page.dictionary()) {
        giveCounted();
        learn(page);
        continue;
      }
      if (leaf.type() == Leaf.BOOLEAN) {
        flags(page);
      } else if (Encoding.isDictionary(page.encoding())) {
        count(page);
      } else {
        texts(page);
      }
      sink.missing(page.missing());
    }
    giveCounted();
  }

  private void learn(Page page) {
    starts = starts(page);
    dictionary = Arrays.copyOf(page.bytes(), page.end());
    counts = new long[page.values()];
  }

  /// Where each text begins: its length lies in the four bytes before.
  private static int[] starts(Page page) {
    int[] starts = new int[page.values() + 1];
    int at = page.from();
    for (int place = 0; place < page.values(); place++) {
      int length = ColumnPages.littleEndian(page.bytes(), at, page.end());
      if (length < 0 || length > page.end() - at - Integer.BYTES) {
        throw new BadTableException("a text of " + length + " bytes beyond its page");
      }
      starts[place] = at + Integer.BYTES;
      at += Integer.BYTES + length;
    }
    starts[page.values()] = at + Integer.BYTES;
    return starts;
  }

  private void count(Page page) {
    if (page.values() == 0) {
      return;
    }
    if (codes.length < page.values()) {
      codes = new int[page.values()];
    }
    new Hybrid(page.bytes(), page.from() + 1, page.end(), page.bytes()[page.from()])
        .read(codes, page.values());
    for (int place = 0; place < page.values(); place++) {
      counts[codes[place]]++;
    }
  }

  private void giveCounted() {
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0) {
        int length = starts[code + 1] - Integer.BYTES - starts[code];
        sink.text(dictionary, starts[code], length, counts[code]);
      }
    }
    counts = new long[0];
  }

  private void flags(Page page) {
    long trues = 0;
    if (page.encoding() == Encoding.RLE) {
      int[] all = new int[page.values()];
      int size = ColumnPages.littleEndian(page.bytes(), page.from(), page.end());
      int from = page.from() + Integer.BYTES;
      new Hybrid(page.bytes(), from, Math.min(page.end(), from + size), 1).read(all, page.values());
      trues = Arrays.stream(all).asLongStream().sum();
    } else {
      for (int place = 0; place < page.values(); place++) {
        trues += (page.bytes()[page.from() + place / 8] >> (place % 8)) & 1;
      }
    }
    give(FLAGS[1], trues);
    give(FLAGS[0], page.values() - trues);
  }

  private void give(byte[] text, long times) {
    if (times > 0) {
      sink.text(text, 0, text.length, times);
    }
  }

  private void texts(Page page) {
    switch (page.encoding()) {
      case Encoding.PLAIN -> {
        int[] places = starts(page);
        for (int place = 0; place < page.values(); place++) {
          int length = places[place + 1] - Integer.BYTES - places[place];
          sink.text(page.bytes(), places[place], length, 1);
        }
      }
      case Encoding.DELTA_LENGTH_BYTE_ARRAY -> {
        Deltas lengths = new Deltas(page.bytes(), page.from(), page.end());
        long[] each = lengths.read(page.values());
        int at = lengths.at();
        for (long length : each) {
          sink.text(page.bytes(), at, within(length, page.end() - at), 1);
          at += (int) length;
        }
      }
      case Encoding.DELTA_BYTE_ARRAY -> withPrefixes(page);
      default ->
          throw new BadTableException("texts in encoding " + page.encoding() + " are not known");
    }
  }

  /// Each text shares its beginning with the one before.
  private void withPrefixes(Page page) {
    Deltas prefixes = new Deltas(page.bytes(), page.from(), page.end());
    long[] shared = prefixes.read(page.values());
    Deltas lengths = new Deltas(page.bytes(), prefixes.at(), page.end());
    long[] own = lengths.read(shared.length);
    int at = lengths.at();
    byte[] text = new byte[64];
    int before = 0;
    for (int place = 0; place < own.length; place++) {
      int prefix = within(shared[place], before);
      int length = within(own[place], page.end() - at);
      if (text.length < prefix + length) {
        text = Arrays.copyOf(text, Math.max(prefix + length, 2 * text.length));
      }
      System.arraycopy(page.bytes(), at, text, prefix, length);
      at += length;
      before = prefix + length;
      sink.text(text, 0, before, 1);
    }
  }

  private static int within(long length, int most) {
    if (length < 0 || length > most) {
      throw new BadTableException("a text of " + length + " bytes beyond its page");
    }
    return (int) length;
  }
}
