package dev.sightline.collect.host;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.time.Clock;
import java.nio.file.Path;
import java.util.List;

/// Numbers about this machine, under the names that node_exporter gives them.
///
/// Safe for any number of threads.
public final class HostMetrics {
  private final KernelFiles files;
  private final Clock clock;
  private final List<HostSource> sources;
  private final UsageSource usage;

  /// @param disk a place on the file system that `system_disk_usage` is about
  public HostMetrics(Path proc, Path sys, Path disk, Clock clock) {
    this(proc, sys, disk, clock, FilesystemSource::spaceAt);
  }

  HostMetrics(Path proc, Path sys, Path disk, Clock clock, FilesystemSource.SpaceReader spaces) {
    this.files = new KernelFiles(proc, sys);
    this.clock = clock;
    this.sources =
        List.of(
            new CpuSource(),
            new MemorySource(),
            new DiskSource(),
            new NetworkSource(),
            new KernelSource(),
            new FilesystemSource(spaces));
    this.usage = new UsageSource(spaces, disk);
  }

  /// Reads everything now, by name. What this machine does not show is left out.
  public synchronized List<MeterFamily> read() {
    Families families = new Families();
    for (HostSource source : sources) {
      source.read(files, families);
    }
    families.gauge("node_time_seconds", "Unix time.", Labels.EMPTY, clock.nowMs() / 1000.0);
    usage.read(families);
    return families.toList();
  }
}
