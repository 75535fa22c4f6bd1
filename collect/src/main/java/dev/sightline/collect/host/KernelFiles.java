package dev.sightline.collect.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files in which the kernel shows its counters, below a root that tests can replace.
///
/// @param proc usually `/proc`; `/host/proc` where the host's is mounted into a container
/// @param sys usually `/sys`
record KernelFiles(Path proc, Path sys) {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /// @return the lines of a file, none where it is absent or cannot be read
  List<String> procLines(String name) {
    String text = text(proc.resolve(name));
    return text == null ? List.of() : text.lines().toList();
  }

  /// @return the content of a file without the blanks at its ends, or null
  @Nullable String procText(String name) {
    String text = text(proc.resolve(name));
    return text == null ? null : text.strip();
  }

  /// As [#procText], below the other root.
  @Nullable String sysText(String name) {
    String text = text(sys.resolve(name));
    return text == null ? null : text.strip();
  }

  static String[] fields(String line) {
    return BLANKS.split(line.strip());
  }

  /// Files of the kernel say that they are empty, so they are read to their end.
  private static @Nullable String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return null;
    }
  }
}
