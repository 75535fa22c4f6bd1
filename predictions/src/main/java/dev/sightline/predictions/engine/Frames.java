package dev.sightline.predictions.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the server and its engine say to each other: a frame is a kind (1 byte), a count of texts
/// (4 bytes) and each text as its length in bytes (4) and UTF-8; a length of -1 stands for none.
///
/// The server asks one thing at a time: [#WRITE], [#CHECK], [#SELECT] or [#READ]. The engine
/// answers with any number of [#ROW] frames and then [#DONE] or [#FAILED].
final class Frames {
  /// Row file, Parquet file: write the second from the first.
  static final int WRITE = 1;

  /// Statement: answer the names of the tables that it reads, if it is one SELECT.
  static final int CHECK = 2;

  /// Parquet file: answer its rows, each as one text of JSON.
  static final int READ = 3;

  /// See [SqlRequest]: answer the names, types and kinds of its columns, a row for each of these
  /// three, then its rows.
  static final int SELECT = 4;

  static final int ROW = 16;

  /// What the request wants to be told at its end.
  static final int DONE = 17;

  /// [EngineException.Reason], and what was wrong in a sentence.
  static final int FAILED = 18;

  private static final int MAX_TEXTS = 1_000_000;
  private static final int MAX_TEXT_BYTES = 32 << 20;
  private static final int END = -1;
  private static final int NONE = -1;

  private Frames() {}

  record Frame(int kind, List<@Nullable String> texts) {
    /// A text that must be there.
    String text(int index) {
      return Objects.requireNonNull(texts.get(index));
    }
  }

  static void write(DataOutputStream to, int kind, List<? extends @Nullable String> texts)
      throws IOException {
    to.writeByte(kind);
    to.writeInt(texts.size());
    for (String text : texts) {
      if (text == null) {
        to.writeInt(NONE);
      } else {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        to.writeInt(utf8.length);
        to.write(utf8);
      }
    }
  }

  /// @throws EOFException where the other side has ended between two frames
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
    List<@Nullable String> texts = new ArrayList<>(Math.min(count, 1_000));
    for (int i = 0; i < count; i++) {
      int length = from.readInt();
      if (length < NONE || length > MAX_TEXT_BYTES) {
        throw new IOException("a text of " + length + " bytes");
      }
      texts.add(
          length == NONE ? null : new String(from.readNBytes(length), StandardCharsets.UTF_8));
    }
    return new Frame(kind, Collections.unmodifiableList(texts));
  }
}
