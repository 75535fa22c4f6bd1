package dev.sightline.predictions.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the server and its engine say to each other: a frame is a kind (1 byte), a count of texts
/// (4 bytes) and each text as its length in bytes (4) and UTF-8.
///
/// The server asks one thing at a time: [#WRITE], [#QUERY] or [#READ]. The engine answers with any
/// number of [#ROW] frames, the first of which names the columns, and then [#DONE] or [#FAILED].
final class Frames {
  /// Row file, Parquet file: write the second from the first.
  static final int WRITE = 1;

  /// Row limit, view name, statement, Parquet files: answer one SELECT over that view.
  static final int QUERY = 2;

  /// Parquet file: answer its rows, each as one text of JSON.
  static final int READ = 3;

  static final int ROW = 16;

  /// Nothing, or the number of rows.
  static final int DONE = 17;

  /// What was wrong, in a sentence.
  static final int FAILED = 18;

  private static final int MAX_TEXTS = 10_000;
  private static final int MAX_TEXT_BYTES = 16 << 20;
  private static final int END = -1;

  private Frames() {}

  /// @param texts empty for values that are not there
  record Frame(int kind, List<String> texts) {
    Frame {
      texts = List.copyOf(texts);
    }
  }

  static void write(DataOutputStream to, int kind, List<String> texts) throws IOException {
    to.writeByte(kind);
    to.writeInt(texts.size());
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      to.writeInt(utf8.length);
      to.write(utf8);
    }
  }

  /// @throws IOException also where the bytes are none of ours, as when native code has printed
  static Frame read(DataInputStream from) throws IOException {
    int kind = from.read();
    if (kind == END) {
      throw new EOFException("the other side has ended");
    }
    int count = from.readInt();
    if (count < 0 || count > MAX_TEXTS) {
      throw new IOException("a frame of " + count + " texts");
    }
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = from.readInt();
      if (length < 0 || length > MAX_TEXT_BYTES) {
        throw new IOException("a text of " + length + " bytes");
      }
      texts.add(new String(from.readNBytes(length), StandardCharsets.UTF_8));
    }
    return new Frame(kind, texts);
  }
}
