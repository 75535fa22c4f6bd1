package dev.sightline.server;

import dev.sightline.collect.meter.MeterWriter;
import dev.sightline.collect.meter.MeterWriter.Origin;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.storage.fs.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// What every part of the process is opened with.
///
/// @param config as it was when the process started
/// @param meters what the process counts of itself
/// @param opened closes what was opened, in the opposite order
record Ground(
    ServerConfig config,
    FileSystem files,
    Clock clock,
    Scheduler scheduler,
    MeterRegistry meters,
    Lifecycle opened) {
  /// A folder of the data directory.
  Path data(String folder) {
    return config.data().resolve(folder);
  }

  /// Writes meters as series from now on.
  MeterWriter write(
      Labels labels, Supplier<List<MeterFamily>> read, Origin origin, SeriesSink metrics) {
    return opened.keep(
        labels.get("job") + " meters",
        new MeterWriter(read, origin, new MeterWriter.Target(metrics, labels), clock, scheduler));
  }
}
