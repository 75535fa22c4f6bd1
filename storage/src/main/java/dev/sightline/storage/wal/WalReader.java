package dev.sightline.storage.wal;

import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.wal.ReplayReport.Damage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a log back, from the first record to the last.
///
/// A bad spot costs the record that it lies in, never those behind it; a file that cannot be read
/// costs that file. Nothing is changed on disk.
public final class WalReader {
  private final List<Damage> damages = new ArrayList<>();
  private long damageCount;
  private long records;
  private long bytes;

  private WalReader() {}

  /// @param fromFile the number of the first file to read
  /// @throws StorageException if the directory itself cannot be read
  public static ReplayReport replay(
      FileSystem files, Path directory, int fromFile, RecordHandler handler) {
    return new WalReader().read(new LogFiles(files, directory), fromFile, handler);
  }

  private ReplayReport read(LogFiles logFiles, int fromFile, RecordHandler handler) {
    int last = -1;
    for (int number : logFiles.numbers()) {
      if (number < fromFile) {
        continue;
      }
      if (last >= 0 && number != last + 1) {
        add(new Damage(last + 1, 0, 0, "missing up to file " + (number - 1), false));
      }
      readFile(logFiles, number, handler);
      last = number;
    }
    return new ReplayReport(records, bytes, damages, damageCount, last);
  }

  private void readFile(LogFiles logFiles, int number, RecordHandler handler) {
    try (OpenFile file = logFiles.files().openForReading(logFiles.path(number))) {
      FileScan scan =
          new FileScan(
              file,
              number,
              record -> {
                records++;
                bytes += record.remaining();
                handler.accept(number, record);
              });
      scan.run().damages().forEach(this::add);
    } catch (StorageException unreadable) {
      add(new Damage(number, 0, 0, String.valueOf(unreadable.getMessage()), false));
    }
  }

  private void add(Damage damage) {
    damageCount++;
    if (damages.size() < ReplayReport.MAX_DAMAGES) {
      damages.add(damage);
    }
  }
}
