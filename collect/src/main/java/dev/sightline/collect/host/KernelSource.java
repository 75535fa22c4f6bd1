package dev.sightline.collect.host;

import dev.sightline.model.label.Labels;
import java.util.List;

/// Load, open files, pressure and the name of the system.
final class KernelSource implements HostSource {
  @Override
  public void read(KernelFiles files, Families into) {
    load(files, into);
    fileHandles(files, into);
    pressure(files, into);
    systemName(files, into);
  }

  private static void load(KernelFiles files, Families into) {
    String load = files.procText("loadavg");
    String[] fields = load == null ? new String[0] : KernelFiles.fields(load);
    if (fields.length >= 3) {
      into.gauge("node_load1", "Load, 1 minute.", Labels.EMPTY, Families.number(fields[0]));
      into.gauge("node_load5", "Load, 5 minutes.", Labels.EMPTY, Families.number(fields[1]));
      into.gauge("node_load15", "Load, 15 minutes.", Labels.EMPTY, Families.number(fields[2]));
    }
  }

  private static void fileHandles(KernelFiles files, Families into) {
    String handles = files.procText("sys/fs/file-nr");
    String[] fields = handles == null ? new String[0] : KernelFiles.fields(handles);
    if (fields.length == 3) {
      into.gauge(
          "node_filefd_allocated",
          "File handles in use.",
          Labels.EMPTY,
          Families.number(fields[0]));
      into.gauge(
          "node_filefd_maximum", "Most file handles.", Labels.EMPTY, Families.number(fields[2]));
    }
  }

  private static void pressure(KernelFiles files, Families into) {
    for (String resource : List.of("cpu", "io", "memory")) {
      for (String line : files.procLines("pressure/" + resource)) {
        int total = line.indexOf("total=");
        if (total > 0 && !(resource.equals("cpu") && line.startsWith("full"))) {
          into.counter(
              "node_pressure_%s_%s_seconds_total"
                  .formatted(resource, line.startsWith("full") ? "stalled" : "waiting"),
              "Seconds in which tasks waited for " + resource + ".",
              Labels.EMPTY,
              Families.number(line.substring(total + "total=".length())) / 1e6);
        }
      }
    }
  }

  private static void systemName(KernelFiles files, Families into) {
    String sysname = files.procText("sys/kernel/ostype");
    if (sysname == null) {
      return;
    }
    into.gauge(
        "node_uname_info",
        "The name of the system.",
        Labels.of(
            "sysname", sysname,
            "release", text(files, "osrelease"),
            "version", text(files, "version"),
            "nodename", text(files, "hostname"),
            "domainname", text(files, "domainname"),
            "machine", text(files, "arch")),
        1);
  }

  private static String text(KernelFiles files, String name) {
    String text = files.procText("sys/kernel/" + name);
    return text == null ? "" : text;
  }
}
