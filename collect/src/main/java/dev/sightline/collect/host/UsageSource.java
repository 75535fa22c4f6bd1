package dev.sightline.collect.host;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterSample;
import java.nio.file.Path;

/// The four numbers that small exporters show instead: `system_cpu_usage`, `system_ram_usage` and
/// `system_disk_usage` in percent, `system_memory_usage_mb`.
///
/// Made from the other sources' families of the same moment.
final class UsageSource {
  /// Processor time is compared over at least this long, so that two readers close to each other do
  /// not get noise.
  private static final double SHORTEST_CPU_SECONDS = 0.5;

  private static final double MEGABYTE = 1024 * 1024;

  private final FilesystemSource.SpaceReader spaces;
  private final Path disk;

  // guarded by the caller
  private double idleBefore;
  private double totalBefore;
  private double cpuPercent = Double.NaN;

  /// @param disk a place on the file system whose use counts
  UsageSource(FilesystemSource.SpaceReader spaces, Path disk) {
    this.spaces = spaces;
    this.disk = disk;
  }

  void read(Families into) {
    cpu(into);
    memory(into);
    FilesystemSource.Space space = spaces.at(disk);
    if (space != null) {
      double used = space.size() - space.free();
      into.gauge(
          "system_disk_usage",
          "Disk space in use, in percent.",
          Labels.EMPTY,
          100 * used / (used + space.available()));
    }
  }

  private void cpu(Families into) {
    double idle = into.sum("node_cpu_seconds_total", UsageSource::isIdle);
    double total = into.sum("node_cpu_seconds_total", _ -> true);
    double passed = total - totalBefore;
    if (passed >= SHORTEST_CPU_SECONDS) {
      cpuPercent = totalBefore == 0 ? Double.NaN : 100 * (1 - (idle - idleBefore) / passed);
      idleBefore = idle;
      totalBefore = total;
    }
    into.gauge(
        "system_cpu_usage",
        "Processor time in use since the reading before, in percent.",
        Labels.EMPTY,
        Math.clamp(cpuPercent, 0, 100));
  }

  private static boolean isIdle(MeterSample sample) {
    String mode = sample.labels().get("mode");
    return mode.equals("idle") || mode.equals("iowait");
  }

  private static void memory(Families into) {
    double total = into.sum("node_memory_MemTotal_bytes", _ -> true);
    double available = into.sum("node_memory_MemAvailable_bytes", _ -> true);
    if (total > 0) {
      double used = total - available;
      into.gauge(
          "system_ram_usage", "Memory in use, in percent.", Labels.EMPTY, 100 * used / total);
      into.gauge(
          "system_memory_usage_mb", "Memory in use, in megabytes.", Labels.EMPTY, used / MEGABYTE);
    }
  }
}
