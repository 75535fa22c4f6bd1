package dev.sightline.logql.stage;

import java.util.Arrays;

/// `json`: every value in a line becomes a label, named by the keys that lead to it, joined by `_`.
/// Arrays are left out.
final class JsonStep implements Step {
  static final String ERROR_KIND = "JSONParserErr";
  private static final int MAX_DEPTH = 100;

  private final JsonScanner json = new JsonScanner();
  private final NameCache names = new NameCache();

  /// the keys down to where the walk is, joined
  private byte[] path = new byte[256];

  @Override
  public boolean apply(Line line) {
    LineLabels labels = line.labels();
    labels.beginParser();
    json.reset(line.bytes(), line.start(), line.end());
    try {
      if (json.peek() != '{') {
        throw json.malformed("expected an object");
      }
      object(labels, 0, 0);
      if (json.peek() != 0) {
        throw json.malformed("expected the end");
      }
    } catch (JsonScanner.Malformed bad) {
      labels.fail(ERROR_KIND, String.valueOf(bad.getMessage()));
    }
    return true;
  }

  private void object(LineLabels labels, int pathLength, int depth) {
    if (depth > MAX_DEPTH) {
      throw json.malformed("nested deeper than " + MAX_DEPTH + " levels");
    }
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      json.peek();
      json.string();
      int length = extend(pathLength);
      json.expect(':');
      switch (json.peek()) {
        case '{' -> object(labels, length, depth + 1);
        case '[' -> json.value();
        default -> {
          json.value();
          keep(labels, length);
        }
      }
    } while (json.accept(','));
    json.expect('}');
  }

  private void keep(LineLabels labels, int pathLength) {
    String name = names.nameOf(path, 0, pathLength);
    if (!labels.isUnwanted(name) && !labels.isFound(name)) {
      labels.found(name, json.tokenText());
    }
  }

  /// Appends the key that was passed last.
  private int extend(int pathLength) {
    byte[] key = json.bytes();
    int from = json.tokenStart();
    int keyLength = json.tokenEnd() - from;
    if (json.isEscaped()) {
      key = json.tokenText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      from = 0;
      keyLength = key.length;
    }
    int length = pathLength == 0 ? 0 : pathLength + 1;
    if (path.length < length + keyLength) {
      path = Arrays.copyOf(path, 2 * (length + keyLength));
    }
    if (pathLength > 0) {
      path[pathLength] = '_';
    }
    System.arraycopy(key, from, path, length, keyLength);
    return length + keyLength;
  }
}
