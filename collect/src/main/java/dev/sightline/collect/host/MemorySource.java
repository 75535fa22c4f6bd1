package dev.sightline.collect.host;

import dev.sightline.model.label.Labels;
import java.util.Set;

/// Memory from `/proc/meminfo`, and paging from `/proc/vmstat`.
final class MemorySource implements HostSource {
  private static final Set<String> PAGING =
      Set.of("oom_kill", "pgpgin", "pgpgout", "pswpin", "pswpout");

  @Override
  public void read(KernelFiles files, Families into) {
    for (String line : files.procLines("meminfo")) {
      String[] fields = KernelFiles.fields(line);
      if (fields.length >= 2 && fields[0].endsWith(":")) {
        boolean bytes = fields.length == 3;
        String key = fields[0].substring(0, fields[0].length() - 1);
        String name = "node_memory_" + key.replace("(", "_").replace(")", "");
        into.gauge(
            bytes ? name + "_bytes" : name,
            "Memory: " + key + ".",
            Labels.EMPTY,
            Families.number(fields[1]) * (bytes ? 1024 : 1));
      }
    }
    for (String line : files.procLines("vmstat")) {
      String[] fields = KernelFiles.fields(line);
      if (fields.length == 2 && isPaging(fields[0])) {
        into.counter(
            "node_vmstat_" + fields[0],
            "Paging: " + fields[0] + ".",
            Labels.EMPTY,
            Families.number(fields[1]));
      }
    }
  }

  private static boolean isPaging(String key) {
    return PAGING.contains(key) || (key.startsWith("pg") && key.contains("fault"));
  }
}
