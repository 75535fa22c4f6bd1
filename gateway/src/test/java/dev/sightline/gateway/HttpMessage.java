package dev.sightline.gateway;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request or a response as it stands on the wire; its body is read when it is asked for.
final class HttpMessage {
  private final String startLine;
  private final List<String> headerLines;
  private final InputStream in;
  private byte @Nullable [] body;
  private boolean withinChunks;

  private HttpMessage(String startLine, List<String> headerLines, InputStream in) {
    this.startLine = startLine;
    this.headerLines = headerLines;
    this.in = in;
  }

  /// @return null at the end of the connection
  static @Nullable HttpMessage read(InputStream in) throws IOException {
    String startLine = line(in);
    if (startLine == null) {
      return null;
    }
    List<String> headers = new ArrayList<>();
    String header = line(in);
    while (header != null && !header.isEmpty()) {
      headers.add(header);
      header = line(in);
    }
    return new HttpMessage(startLine, headers, in);
  }

  String startLine() {
    return startLine;
  }

  int status() {
    return Integer.parseInt(startLine.split(" ")[1]);
  }

  /// `Name: value`, in order.
  List<String> headerLines() {
    return headerLines;
  }

  /// The values of a header, in order.
  List<String> header(String name) {
    List<String> values = new ArrayList<>();
    for (String line : headerLines) {
      int colon = line.indexOf(':');
      if (line.substring(0, colon).equalsIgnoreCase(name)) {
        values.add(line.substring(colon + 1).strip());
      }
    }
    return values;
  }

  String text() throws IOException {
    return new String(body(), StandardCharsets.UTF_8);
  }

  /// Everything up to the end that the headers announce.
  synchronized byte[] body() throws IOException {
    byte[] known = body;
    if (known == null) {
      known = readBody();
      body = known;
    }
    return known;
  }

  /// The next bytes of a chunked body; empty for its end. The line end behind a chunk is read with
  /// the next one, because some servers send it only then.
  byte[] chunk() throws IOException {
    if (withinChunks) {
      line(in);
    }
    withinChunks = true;
    String size = line(in);
    if (size == null) {
      throw new EOFException("the body breaks off");
    }
    byte[] chunk = in.readNBytes(Integer.parseInt(size.split(";")[0], 16));
    if (chunk.length == 0) {
      line(in);
    }
    return chunk;
  }

  InputStream in() {
    return in;
  }

  private byte[] readBody() throws IOException {
    if (header("Transfer-Encoding").contains("chunked")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
        all.write(chunk);
      }
      return all.toByteArray();
    }
    if (header("Content-Length").isEmpty()) {
      return new byte[0];
    }
    int length = Integer.parseInt(header("Content-Length").getFirst());
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body breaks off after " + bytes.length + " of " + length);
    }
    return bytes;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = in.read();
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  @Override
  public String toString() {
    return startLine + headerLines;
  }
}
