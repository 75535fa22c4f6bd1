package dev.sightline.alerting.notify.journal;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.notify.journal.Entry.Told;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The bytes of the journal's records; the log around them has the checksums.
///
/// | Kind | Fields behind the first byte                                                          |
/// |-----:|---------------------------------------------------------------------------------------|
/// |    1 | alert: labels, annotations, startsAt, endsAt, url, expression?, value?, received       |
/// |    2 | gone: labels                                                                          |
/// |    3 | intent: id, key, receiver, integration, time, group labels, firing, resolved, alerts, |
/// |      | attempts, outcome, error                                                              |
/// |    4 | result: id, outcome, error                                                            |
/// |    5 | known: key, time, firing, resolved                                                    |
///
/// Texts are UTF-8 behind their length, times varints of Unix milliseconds, counts varints,
/// fingerprints eight bytes, an optional field a byte 0 or 1 before it.
final class JournalFormat {
  private static final int SAID = 1;
  private static final int GONE = 2;
  private static final int INTENT = 3;
  private static final int RESULT = 4;
  private static final int KNOWN = 5;

  private JournalFormat() {}

  static byte[] encode(JournalRecord record) {
    ByteSink sink = new ByteSink();
    switch (record) {
      case JournalRecord.Said(KeptAlert kept) -> {
        putAlert(sink.u8(SAID), kept.alert());
        sink.varint(kept.receivedMs());
      }
      case JournalRecord.Gone(Labels labels) -> putLabels(sink.u8(GONE), labels);
      case JournalRecord.Intent(Entry entry) -> putEntry(sink.u8(INTENT), entry);
      case JournalRecord.Result(String id, Outcome outcome, String error) ->
          sink.u8(RESULT).text(id).u8(outcome.code()).text(error);
      case JournalRecord.Known(String key, Sent sent) -> putSent(sink.u8(KNOWN).text(key), sent);
    }
    return sink.toArray();
  }

  /// @throws BadBytesException if this is no record of the journal
  static JournalRecord decode(ByteSource source) {
    int kind = source.u8();
    return switch (kind) {
      case SAID -> new JournalRecord.Said(new KeptAlert(alert(source), source.varint()));
      case GONE -> new JournalRecord.Gone(labels(source));
      case INTENT -> new JournalRecord.Intent(entry(source));
      case RESULT -> new JournalRecord.Result(source.text(), outcome(source), source.text());
      case KNOWN -> new JournalRecord.Known(source.text(), sent(source));
      default -> throw new BadBytesException("a record of the unknown kind " + kind);
    };
  }

  private static void putAlert(ByteSink sink, Alert alert) {
    putLabels(sink, alert.labels());
    putLabels(sink, alert.annotations());
    sink.varint(alert.startsAtMs()).varint(alert.endsAtMs()).text(alert.generatorUrl());
    String expression = alert.expression();
    sink.u8(expression == null ? 0 : 1);
    if (expression != null) {
      sink.text(expression);
    }
    Double value = alert.value();
    sink.u8(value == null ? 0 : 1);
    if (value != null) {
      sink.f64(value);
    }
  }

  private static Alert alert(ByteSource source) {
    return new Alert(
        labels(source),
        labels(source),
        source.varint(),
        source.varint(),
        source.text(),
        source.u8() == 0 ? null : source.text(),
        source.u8() == 0 ? null : source.f64());
  }

  private static void putEntry(ByteSink sink, Entry entry) {
    sink.text(entry.id()).text(entry.key()).text(entry.receiver()).text(entry.integration());
    sink.varint(entry.timeMs());
    putLabels(sink, entry.groupLabels());
    putSent(sink, entry.content());
    sink.uvarint(entry.alerts().size());
    for (Told told : entry.alerts()) {
      putLabels(sink, told.labels());
      sink.u8(told.resolved() ? 1 : 0);
    }
    sink.uvarint(entry.attempts()).u8(entry.outcome().code()).text(entry.error());
  }

  private static Entry entry(ByteSource source) {
    return new Entry(
        source.text(),
        source.text(),
        source.text(),
        source.text(),
        source.varint(),
        labels(source),
        sent(source),
        alerts(source),
        (int) source.uvarint(),
        outcome(source),
        source.text());
  }

  private static List<Told> alerts(ByteSource source) {
    int count = source.length();
    List<Told> alerts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      alerts.add(new Told(labels(source), source.u8() == 1));
    }
    return alerts;
  }

  private static void putSent(ByteSink sink, Sent sent) {
    sink.varint(sent.timeMs());
    putFingerprints(sink, sent.firing());
    putFingerprints(sink, sent.resolved());
  }

  private static Sent sent(ByteSource source) {
    return new Sent(source.varint(), fingerprints(source), fingerprints(source));
  }

  private static void putFingerprints(ByteSink sink, Set<Long> fingerprints) {
    sink.uvarint(fingerprints.size());
    fingerprints.forEach(sink::u64);
  }

  private static Set<Long> fingerprints(ByteSource source) {
    int count = source.length();
    Set<Long> fingerprints = new HashSet<>();
    for (int i = 0; i < count; i++) {
      fingerprints.add(source.u64());
    }
    return fingerprints;
  }

  private static void putLabels(ByteSink sink, Labels labels) {
    sink.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      sink.text(labels.name(i)).text(labels.value(i));
    }
  }

  private static Labels labels(ByteSource source) {
    int count = source.length();
    List<Label> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      labels.add(new Label(source.text(), source.text()));
    }
    try {
      return Labels.of(labels);
    } catch (IllegalArgumentException twice) {
      throw new BadBytesException(String.valueOf(twice.getMessage()));
    }
  }

  private static Outcome outcome(ByteSource source) {
    int code = source.u8();
    for (Outcome each : Outcome.values()) {
      if (each.code() == code) {
        return each;
      }
    }
    throw new BadBytesException("a record of the unknown outcome " + code);
  }
}
