package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `logfmt`: `key=value key="quoted value"` become labels.
final class LogfmtStep implements Step {
  private final boolean strict;
  private final boolean keepEmpty;
  private final List<Stage.Extraction> extractions;
  private final List<byte[]> wantedKeys = new ArrayList<>();
  private final NameCache names = new NameCache();

  LogfmtStep(Stage.Logfmt logfmt) {
    this.strict = logfmt.strict();
    this.keepEmpty = logfmt.keepEmpty();
    this.extractions = logfmt.extractions();
    extractions.forEach(e -> wantedKeys.add(e.expression().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public boolean apply(Line line) {
    LineLabels labels = line.labels();
    labels.beginParser();
    byte[] bytes = line.bytes();
    int end = line.end();
    int at = skipSpace(bytes, line.start(), end);
    while (at < end) {
      int keyEnd = at;
      while (keyEnd < end && bytes[keyEnd] > ' ' && bytes[keyEnd] != '=' && bytes[keyEnd] != '"'
          || (keyEnd < end && bytes[keyEnd] < 0)) {
        keyEnd++;
      }
      int next = pair(labels, bytes, at, keyEnd, end);
      at = skipSpace(bytes, next, end);
    }
    for (Stage.Extraction extraction : extractions) {
      if (!labels.isFound(extraction.label())) {
        labels.found(extraction.label(), "");
      }
    }
    return true;
  }

  /// @return the index behind it
  private int pair(LineLabels labels, byte[] bytes, int from, int keyEnd, int end) {
    boolean assigned = keyEnd < end && bytes[keyEnd] == '=';
    if (keyEnd == from || (keyEnd < end && bytes[keyEnd] == '"')) {
      return malformed(labels, "unexpected " + (char) bytes[keyEnd], from, keyEnd, bytes, end);
    }
    int valueStart = assigned ? keyEnd + 1 : keyEnd;
    if (assigned && valueStart < end && bytes[valueStart] == '"') {
      return quoted(labels, bytes, from, keyEnd, end);
    }
    int valueEnd = valueStart;
    while (valueEnd < end && (bytes[valueEnd] > ' ' || bytes[valueEnd] < 0)) {
      if (strict && (bytes[valueEnd] == '=' || bytes[valueEnd] == '"')) {
        return malformed(
            labels, "unexpected " + (char) bytes[valueEnd], from, valueEnd, bytes, end);
      }
      valueEnd++;
    }
    if (valueEnd > valueStart || keepEmpty) {
      keep(labels, bytes, from, keyEnd, valueStart, valueEnd, false);
    }
    return valueEnd;
  }

  private int quoted(LineLabels labels, byte[] bytes, int from, int keyEnd, int end) {
    int start = keyEnd + 2;
    boolean escaped = false;
    int at = start;
    while (at < end && bytes[at] != '"') {
      escaped |= bytes[at] == '\\';
      at += bytes[at] == '\\' ? 2 : 1;
    }
    if (at >= end) {
      return malformed(labels, "unterminated quoted value", from, keyEnd, bytes, end);
    }
    if (at > start || keepEmpty) {
      keep(labels, bytes, from, keyEnd, start, at, escaped);
    }
    return at + 1;
  }

  private int malformed(LineLabels labels, String what, int from, int at, byte[] bytes, int end) {
    if (strict) {
      labels.fail("LogfmtParserErr", "logfmt syntax error at byte " + (at + 1) + ": " + what);
      return end;
    }
    int next = Math.max(at, from) + 1;
    while (next < end && (bytes[next] > ' ' || bytes[next] < 0)) {
      next++;
    }
    return next;
  }

  private void keep(
      LineLabels labels, byte[] bytes, int from, int keyEnd, int start, int end, boolean escaped) {
    String name = label(bytes, from, keyEnd);
    if (name.isEmpty() || labels.isUnwanted(name) || labels.isFound(name)) {
      return;
    }
    labels.found(
        name,
        escaped
            ? unescaped(bytes, start, end)
            : new String(bytes, start, end - start, StandardCharsets.UTF_8));
  }

  /// @return empty for a key that is not asked for
  private String label(byte[] bytes, int from, int to) {
    if (extractions.isEmpty()) {
      return names.nameOf(bytes, from, to);
    }
    for (int i = 0; i < wantedKeys.size(); i++) {
      byte[] key = wantedKeys.get(i);
      if (java.util.Arrays.equals(key, 0, key.length, bytes, from, to)) {
        return extractions.get(i).label();
      }
    }
    return "";
  }

  private static String unescaped(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        c = next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
      }
      plain.append(c);
    }
    return plain.toString();
  }

  private static int skipSpace(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] >= 0 && bytes[at] <= ' ') {
      at++;
    }
    return at;
  }
}
