package dev.sightline.storage.wal;

import dev.sightline.storage.fs.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The files of a log in their directory: `00000000`, `00000001` and so on. Anything else in there
/// is left alone.
record LogFiles(FileSystem files, Path directory) {
  private static final String NAME = "\\d{8,9}";

  Path path(int number) {
    return directory.resolve(String.format(Locale.ROOT, "%08d", number));
  }

  /// @return rising
  List<Integer> numbers() {
    return files.list(directory).stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.matches(NAME))
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }

  /// Deletes the oldest first, so that a crash leaves no gap.
  void deleteBelow(int number) {
    List<Integer> below = numbers().stream().filter(one -> one < number).toList();
    below.forEach(one -> files.delete(path(one)));
    if (!below.isEmpty()) {
      files.syncDirectory(directory);
    }
  }
}
