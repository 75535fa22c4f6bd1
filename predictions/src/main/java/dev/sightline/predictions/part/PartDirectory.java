package dev.sightline.predictions.part;

import dev.sightline.storage.fs.FileSystem;
import java.nio.file.Path;
import java.util.Locale;

/// Where the files of parts lie: `00000042.rows`, `00000042.ids` and so on.
public record PartDirectory(FileSystem files, Path path) {
  public static final String ROWS = ".rows";
  public static final String IDS = ".ids";
  public static final String COLUMNS = ".columns";
  public static final String PARQUET = ".parquet";
  public static final String TRUTHS = ".truths";

  public Path file(int number, String kind) {
    return path.resolve(String.format(Locale.ROOT, "%08d%s", number, kind));
  }

  /// The number in the name of a file; -1 if it is none of ours.
  public static int number(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.');
    boolean ours =
        dot >= 8 && dot <= 9 && name.substring(0, dot).chars().allMatch(PartDirectory::isDigit);
    return ours ? Integer.parseInt(name.substring(0, dot)) : -1;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
