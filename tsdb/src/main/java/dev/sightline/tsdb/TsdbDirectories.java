package dev.sightline.tsdb;

import java.nio.file.Path;

/// Where the store of metrics keeps what.
///
/// @param metrics blocks and log, as a Prometheus data directory
/// @param seriesLog labels of series, a second time
/// @param quarantine damaged blocks, for someone to look at
public record TsdbDirectories(Path metrics, Path seriesLog, Path quarantine) {
  /// Those of a data directory.
  public static TsdbDirectories below(Path data) {
    return new TsdbDirectories(
        data.resolve("metrics"), data.resolve("metrics-series"), data.resolve("quarantine"));
  }

  Path log() {
    return metrics.resolve("wal");
  }
}
