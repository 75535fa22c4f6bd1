package dev.sightline.storage.wal;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import dev.sightline.storage.fs.DiskFileSystem;
import java.nio.file.Path;

/// A process that writes to a log until somebody kills it, and says on its standard output which
/// records are safe.
final class KilledWriter {
  private KilledWriter() {}

  public static void main(String[] arguments) {
    DiskFileSystem disk = new DiskFileSystem();
    disk.lock(Path.of(arguments[0]));
    WriteAheadLog log =
        WriteAheadLog.open(
            disk,
            Path.of(arguments[0], "log"),
            LogOptions.named("test").withFileBytes(256 * 1024),
            new SystemClock(),
            new ThreadScheduler(),
            new MeterRegistry());
    NumberedRecords numbered = new NumberedRecords(Long.parseLong(arguments[1]));
    for (int number = Integer.parseInt(arguments[2]); ; number++) {
      log.sync(log.append(numbered.records(number, number + 1)));
      System.out.println(number);
    }
  }
}
