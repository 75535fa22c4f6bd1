package dev.sightline.alerting.state;

import dev.sightline.alerting.state.ActiveAlert.Elapsed;
import dev.sightline.alerting.state.ActiveAlert.Phase;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The bytes of one group's alerts on disk.
///
/// | Size | Field       | Meaning                                                           |
/// |-----:|-------------|-------------------------------------------------------------------|
/// |    4 | `magic`     | [#MAGIC]                                                          |
/// |    1 | `version`   | [#VERSION]                                                        |
/// |    8 | `savedAtMs` | Unix milliseconds                                                 |
/// |  var | `group`     | file and name, as a text                                          |
/// |  var | `rules`     | how many; for each its key and its alerts, as [#write] lists them |
/// |    4 | `checksum`  | CRC-32C of all before it                                          |
final class StateFile {
  static final int MAGIC = 0x534c5253;
  static final int VERSION = 1;

  private static final int CHECKSUM_BYTES = 4;

  private StateFile() {}

  /// @param savedAtMs when the process that wrote it was last known to watch
  /// @param alerts by the key of their rule
  record Content(String group, long savedAtMs, Map<String, Map<Labels, ActiveAlert>> alerts) {}

  static byte[] write(Content content) {
    ByteSink bytes = new ByteSink();
    bytes.u32(MAGIC).u8(VERSION).u64(content.savedAtMs()).text(content.group());
    bytes.uvarint(content.alerts().size());
    content
        .alerts()
        .forEach(
            (rule, alerts) -> {
              bytes.text(rule).uvarint(alerts.size());
              alerts.values().forEach(alert -> write(alert, bytes));
            });
    return bytes.checksum(0).toArray();
  }

  private static void write(ActiveAlert alert, ByteSink into) {
    write(alert.labels(), into);
    write(alert.annotations(), into);
    into.u8(alert.phase().code()).f64(alert.value());
    into.varint(alert.activeAtMs()).varint(alert.firedAtMs());
    into.varint(alert.resolvedAtMs()).varint(alert.keptSinceMs());
    into.uvarint(alert.elapsed().heldMs()).uvarint(alert.elapsed().keptMs());
    into.uvarint(alert.elapsed().resolvedMs());
  }

  private static void write(Labels labels, ByteSink into) {
    into.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      into.text(labels.name(i)).text(labels.value(i));
    }
  }

  /// @throws BadBytesException if they are not what [#write] made
  static Content read(byte[] bytes) {
    if (bytes.length < CHECKSUM_BYTES) {
      throw new BadBytesException("only " + bytes.length + " bytes");
    }
    int end = bytes.length - CHECKSUM_BYTES;
    new ByteSource(bytes, end, CHECKSUM_BYTES).checksum(0, end);
    ByteSource source = new ByteSource(bytes, 0, end);
    long magic = source.u32();
    int version = source.u8();
    if (magic != MAGIC || version != VERSION) {
      throw new BadBytesException("magic %08x, version %d".formatted(magic, version));
    }
    long savedAtMs = source.u64();
    String group = source.text();
    Map<String, Map<Labels, ActiveAlert>> rules = new TreeMap<>();
    for (int left = source.length(); left > 0; left--) {
      String rule = source.text();
      Map<Labels, ActiveAlert> alerts = new TreeMap<>();
      for (int more = source.length(); more > 0; more--) {
        ActiveAlert alert = alert(source);
        alerts.put(alert.labels(), alert);
      }
      rules.put(rule, alerts);
    }
    return new Content(group, savedAtMs, rules);
  }

  private static ActiveAlert alert(ByteSource source) {
    Labels labels = labels(source);
    Labels annotations = labels(source);
    Phase phase = phase(source.u8());
    double value = source.f64();
    long activeAtMs = source.varint();
    long firedAtMs = source.varint();
    long resolvedAtMs = source.varint();
    long keptSinceMs = source.varint();
    // Whoever is told again knows it already; whoever is not may never have heard.
    Elapsed elapsed =
        new Elapsed(source.uvarint(), source.uvarint(), source.uvarint(), Elapsed.NEVER_TOLD);
    return new ActiveAlert(
        labels,
        annotations,
        phase,
        value,
        activeAtMs,
        firedAtMs,
        resolvedAtMs,
        keptSinceMs,
        elapsed);
  }

  private static Phase phase(int code) {
    for (Phase phase : Phase.values()) {
      if (phase.code() == code) {
        return phase;
      }
    }
    throw new BadBytesException("phase " + code);
  }

  private static Labels labels(ByteSource source) {
    List<Label> labels = new ArrayList<>();
    for (int left = source.length(); left > 0; left--) {
      labels.add(new Label(source.text(), source.text()));
    }
    return Labels.of(labels);
  }
}
