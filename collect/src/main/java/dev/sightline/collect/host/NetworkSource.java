package dev.sightline.collect.host;

import dev.sightline.model.label.Labels;

/// What network devices received and transmitted, from `/proc/net/dev`, and whether they are up,
/// from `/sys/class/net`.
final class NetworkSource implements HostSource {
  private static final String[] RECEIVED = {
    "bytes", "packets", "errs", "drop", "fifo", "frame", "compressed", "multicast"
  };
  private static final String[] TRANSMITTED = {
    "bytes", "packets", "errs", "drop", "fifo", "colls", "carrier", "compressed"
  };

  @Override
  public void read(KernelFiles files, Families into) {
    for (String line : files.procLines("net/dev")) {
      int colon = line.lastIndexOf(':');
      if (colon < 0) {
        continue;
      }
      String name = line.substring(0, colon).strip();
      Labels device = Labels.of("device", name);
      String state = files.sysText("class/net/" + name + "/operstate");
      if (state != null) {
        into.gauge(
            "node_network_up", "Whether the device works.", device, state.equals("up") ? 1 : 0);
      }
      String[] fields = KernelFiles.fields(line.substring(colon + 1));
      if (fields.length < RECEIVED.length + TRANSMITTED.length) {
        continue;
      }
      for (int i = 0; i < RECEIVED.length; i++) {
        counter(into, "receive_" + RECEIVED[i], device, fields[i]);
      }
      for (int i = 0; i < TRANSMITTED.length; i++) {
        counter(into, "transmit_" + TRANSMITTED[i], device, fields[RECEIVED.length + i]);
      }
    }
  }

  private static void counter(Families into, String what, Labels device, String value) {
    into.counter(
        "node_network_" + what + "_total",
        "Network: " + what.replace('_', ' ') + ".",
        device,
        Families.number(value));
  }
}
