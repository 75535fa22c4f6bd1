package dev.sightline.wire.loki;

import dev.sightline.model.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out how grave a line is: from a label, from what it knows of itself, or from its words.
public final class LevelDetection {
  /*
   * In this order: a label that is called a level, structured metadata, a field of a JSON or logfmt line with such
   * a name, and at last the first word of the line's beginning that is a level. JSON and logfmt are not parsed: a
   * name in front of a colon or an equals sign, with its value behind it, is all that is looked for.
   */
  private static final String[] NAMES = {
    "level", "detected_level", "severity", "severity_text", "lvl", "loglevel"
  };
  private static final int LOOKED_AT_BYTES = 512;
  private static final String UNKNOWN = "unknown";
  private static final Map<String, String> LEVELS = new HashMap<>();

  static {
    String[][] words = {
      {"trace", "trace", "trc"},
      {"debug", "debug", "dbg"},
      {"info", "info", "inf", "information", "notice"},
      {"warn", "warn", "warning", "wrn"},
      {"error", "error", "err", "eror"},
      {"critical", "critical", "crit"},
      {"fatal", "fatal", "panic", "emerg", "alert"}
    };
    for (String[] level : words) {
      for (int i = 1; i < level.length; i++) {
        LEVELS.put(level[i], level[0]);
      }
    }
  }

  private LevelDetection() {}

  /// @return `trace`, `debug`, `info`, `warn`, `error`, `critical`, `fatal` or `unknown`
  public static String levelOf(Labels stream, Labels metadata, byte[] line) {
    for (String name : NAMES) {
      String value = stream.get(name);
      value = value.isEmpty() ? metadata.get(name) : value;
      if (!value.isEmpty()) {
        return LEVELS.getOrDefault(value.toLowerCase(Locale.ROOT), UNKNOWN);
      }
    }
    String level = null;
    String word = null;
    int end = Math.min(line.length, LOOKED_AT_BYTES);
    int at = 0;
    while (at < end && level == null) {
      int wordEnd = at;
      while (wordEnd < end && isLetter(line[wordEnd])) {
        wordEnd++;
      }
      if (wordEnd - at >= 3 && wordEnd - at <= 14) {
        String text =
            new String(line, at, wordEnd - at, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        level = isName(text) ? valueBehind(line, wordEnd, end) : null;
        word = word == null ? LEVELS.get(text) : word;
      }
      at = Math.max(at + 1, wordEnd + 1);
    }
    return level != null ? level : word != null ? word : UNKNOWN;
  }

  private static boolean isName(String text) {
    for (String name : NAMES) {
      if (name.equals(text)) {
        return true;
      }
    }
    return false;
  }

  /// @return the level that stands behind `="`, `":"` and the like, or null
  private static @Nullable String valueBehind(byte[] line, int from, int end) {
    int at = from;
    boolean assigned = false;
    while (at < end && " \":=".indexOf(line[at]) >= 0) {
      assigned |= line[at] == ':' || line[at] == '=';
      at++;
    }
    int valueEnd = at;
    while (valueEnd < end && isLetter(line[valueEnd])) {
      valueEnd++;
    }
    if (!assigned || valueEnd == at || valueEnd - at > 14) {
      return null;
    }
    String value = new String(line, at, valueEnd - at, StandardCharsets.ISO_8859_1);
    return LEVELS.get(value.toLowerCase(Locale.ROOT));
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
  }
}
