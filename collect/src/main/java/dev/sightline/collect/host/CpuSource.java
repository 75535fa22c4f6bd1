package dev.sightline.collect.host;

import dev.sightline.model.label.Labels;

/// Processor time, interrupts and processes from `/proc/stat`.
final class CpuSource implements HostSource {
  /// The kernel counts time in hundredths of a second for every program that asks.
  private static final double TICKS_PER_SECOND = 100;

  private static final String[] MODES = {
    "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"
  };

  @Override
  public void read(KernelFiles files, Families into) {
    for (String line : files.procLines("stat")) {
      String[] fields = KernelFiles.fields(line);
      if (fields.length < 2) {
        continue;
      }
      switch (fields[0]) {
        case "intr" -> counter(into, "node_intr_total", "Interrupts serviced.", fields[1]);
        case "ctxt" ->
            counter(into, "node_context_switches_total", "Switches of context.", fields[1]);
        case "processes" -> counter(into, "node_forks_total", "Processes begun.", fields[1]);
        case "btime" ->
            gauge(
                into,
                "node_boot_time_seconds",
                "When the system started, in Unix time.",
                fields[1]);
        case "procs_running" ->
            gauge(into, "node_procs_running", "Processes that could run.", fields[1]);
        case "procs_blocked" ->
            gauge(into, "node_procs_blocked", "Processes that wait for I/O.", fields[1]);
        default -> {
          if (fields[0].startsWith("cpu") && fields[0].length() > 3) {
            cpu(into, fields);
          }
        }
      }
    }
  }

  private static void cpu(Families into, String[] fields) {
    String cpu = fields[0].substring(3);
    for (int i = 0; i < MODES.length && i + 1 < fields.length; i++) {
      into.counter(
          "node_cpu_seconds_total",
          "Seconds that the processors spent in each mode.",
          Labels.of("cpu", cpu, "mode", MODES[i]),
          Families.number(fields[i + 1]) / TICKS_PER_SECOND);
    }
    for (int i = 9; i <= 10 && i < fields.length; i++) {
      into.counter(
          "node_cpu_guest_seconds_total",
          "Seconds that the processors spent for guests, part of user and nice.",
          Labels.of("cpu", cpu, "mode", MODES[i - 9]),
          Families.number(fields[i]) / TICKS_PER_SECOND);
    }
  }

  private static void counter(Families into, String name, String help, String value) {
    into.counter(name, help, Labels.EMPTY, Families.number(value));
  }

  private static void gauge(Families into, String name, String help, String value) {
    into.gauge(name, help, Labels.EMPTY, Families.number(value));
  }
}
