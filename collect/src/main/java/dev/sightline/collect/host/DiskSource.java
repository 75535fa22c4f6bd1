package dev.sightline.collect.host;

import dev.sightline.model.label.Labels;
import java.util.regex.Pattern;

/// What block devices read and wrote, from `/proc/diskstats`. Partitions and memory disks are left
/// out.
final class DiskSource implements HostSource {
  private static final double SECTORS_PER_BYTE = 1.0 / 512;
  private static final double MILLISECONDS_PER_SECOND = 1000;
  private static final int FIRST_COUNT = 3;
  private static final Pattern LEFT_OUT =
      Pattern.compile("(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+");

  /// @param perUnit how much of what the kernel counts makes one of the unit in the name
  private record Column(String name, String help, double perUnit, boolean gauge) {}

  /// In the order of the file.
  private static final Column[] COLUMNS = {
    new Column("reads_completed_total", "Reads completed.", 1, false),
    new Column("reads_merged_total", "Reads merged.", 1, false),
    new Column("read_bytes_total", "Bytes read.", SECTORS_PER_BYTE, false),
    new Column(
        "read_time_seconds_total", "Seconds spent by all reads.", MILLISECONDS_PER_SECOND, false),
    new Column("writes_completed_total", "Writes completed.", 1, false),
    new Column("writes_merged_total", "Writes merged.", 1, false),
    new Column("written_bytes_total", "Bytes written.", SECTORS_PER_BYTE, false),
    new Column(
        "write_time_seconds_total", "Seconds spent by all writes.", MILLISECONDS_PER_SECOND, false),
    new Column("io_now", "I/Os in progress.", 1, true),
    new Column("io_time_seconds_total", "Seconds spent with I/O.", MILLISECONDS_PER_SECOND, false),
    new Column(
        "io_time_weighted_seconds_total",
        "Seconds spent, for each I/O.",
        MILLISECONDS_PER_SECOND,
        false),
    new Column("discards_completed_total", "Discards completed.", 1, false),
    new Column("discards_merged_total", "Discards merged.", 1, false),
    new Column("discarded_sectors_total", "Sectors discarded.", 1, false),
    new Column(
        "discard_time_seconds_total",
        "Seconds spent by all discards.",
        MILLISECONDS_PER_SECOND,
        false),
    new Column("flush_requests_total", "Flushes completed.", 1, false),
    new Column(
        "flush_requests_time_seconds_total",
        "Seconds spent by all flushes.",
        MILLISECONDS_PER_SECOND,
        false),
  };

  @Override
  public void read(KernelFiles files, Families into) {
    for (String line : files.procLines("diskstats")) {
      String[] fields = KernelFiles.fields(line);
      if (fields.length <= FIRST_COUNT || LEFT_OUT.matcher(fields[2]).matches()) {
        continue;
      }
      Labels device = Labels.of("device", fields[2]);
      for (int i = 0; i < COLUMNS.length && FIRST_COUNT + i < fields.length; i++) {
        Column column = COLUMNS[i];
        String name = "node_disk_" + column.name;
        double value = Families.number(fields[FIRST_COUNT + i]) / column.perUnit;
        if (column.gauge) {
          into.gauge(name, column.help, device, value);
        } else {
          into.counter(name, column.help, device, value);
        }
      }
    }
  }
}
