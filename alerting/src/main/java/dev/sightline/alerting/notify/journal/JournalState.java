package dev.sightline.alerting.notify.journal;

import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the records of the journal add up to.
///
/// Owned by the journal, under its lock.
final class JournalState {
  /// Notifications that are kept for people.
  static final int MAX_ENTRIES = 1_000;

  /// Groups times ways of receivers; the ones that were told longest ago are forgotten first.
  static final int MAX_KNOWN = 100_000;

  private final Map<Labels, KeptAlert> alerts = new LinkedHashMap<>();

  /// by id, the one tried last at the end
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();

  /// by key, the one told last at the end
  private final LinkedHashMap<String, Sent> known = new LinkedHashMap<>();

  /// ids by key
  private final Map<String, String> open = new HashMap<>();

  void apply(JournalRecord record) {
    switch (record) {
      case JournalRecord.Said(KeptAlert kept) -> alerts.put(kept.alert().labels(), kept);
      case JournalRecord.Gone(Labels labels) -> alerts.remove(labels);
      case JournalRecord.Intent(Entry entry) -> {
        supersede(entry);
        put(entry);
      }
      case JournalRecord.Result(String id, Outcome outcome, String error) -> {
        Entry entry = entries.get(id);
        if (entry != null) {
          put(entry.with(outcome, error));
          if (outcome.isSettled()) {
            know(entry.key(), entry.content());
          }
        }
      }
      case JournalRecord.Known(String key, Sent sent) -> know(key, sent);
    }
  }

  /// A notification that is tried takes the place of another that was open.
  private void supersede(Entry entry) {
    Entry before = open(entry.key());
    if (before != null && !before.id().equals(entry.id())) {
      put(before.with(Outcome.WITHDRAWN, "something newer took its place"));
    }
  }

  private void put(Entry entry) {
    entries.remove(entry.id());
    entries.put(entry.id(), entry);
    if (entry.outcome().isOpen()) {
      open.put(entry.key(), entry.id());
    } else {
      open.remove(entry.key(), entry.id());
    }
    if (entries.size() > MAX_ENTRIES) {
      entries.values().stream()
          .filter(each -> !each.outcome().isOpen())
          .findFirst()
          .ifPresent(oldest -> entries.remove(oldest.id()));
    }
  }

  private void know(String key, Sent sent) {
    known.remove(key);
    known.put(key, sent);
    if (known.size() > MAX_KNOWN) {
      known.pollFirstEntry();
    }
  }

  /// After reading back: what was under way when the process ended has an unknown outcome.
  void processEnded() {
    for (Entry entry : List.copyOf(entries.values())) {
      if (entry.outcome() == Outcome.PENDING && entry.error().isEmpty()) {
        entries.put(
            entry.id(), entry.with(Outcome.UNKNOWN, "the server ended while this was being sent"));
      }
    }
  }

  /// Ages are counted from the newest, so that a clock that jumps ahead forgets nothing.
  void expire(long nowMs, long retentionMs) {
    long newestMs = known.values().stream().mapToLong(Sent::timeMs).max().orElse(nowMs);
    long oldestMs = Math.min(nowMs, newestMs) - retentionMs;
    known.values().removeIf(sent -> sent.timeMs() < oldestMs);
    entries.values().removeIf(entry -> entry.timeMs() < oldestMs);
    open.values().retainAll(entries.keySet());
  }

  /// Records that add up to this state.
  List<JournalRecord> snapshot() {
    List<JournalRecord> records = new ArrayList<>();
    alerts.values().forEach(kept -> records.add(new JournalRecord.Said(kept)));
    entries.values().forEach(entry -> records.add(new JournalRecord.Intent(entry)));
    known.forEach((key, sent) -> records.add(new JournalRecord.Known(key, sent)));
    return records;
  }

  @Nullable KeptAlert alert(Labels labels) {
    return alerts.get(labels);
  }

  List<KeptAlert> alerts() {
    return List.copyOf(alerts.values());
  }

  @Nullable Sent known(String key) {
    return known.get(key);
  }

  /// The notification of that key that is under way or of unknown outcome.
  @Nullable Entry open(String key) {
    String id = open.get(key);
    return id == null ? null : entries.get(id);
  }

  List<Entry> newest(int limit) {
    return entries.sequencedValues().reversed().stream().limit(limit).toList();
  }
}
