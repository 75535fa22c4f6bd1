package dev.sightline.quality.profile;

import dev.sightline.quality.profile.ProfileFiles.Kind;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Merges profiles of hours, whole days by one file of each, which is made when it is first needed.
///
/// Safe for any number of threads.
final class ProfileDays {
  private final ProfileFiles files;
  private final ProfileStore store;

  /// Held while an hour is replaced or a day is made of hours, so that none misses the other.
  private final Object disk = new Object();

  ProfileDays(ProfileFiles files, ProfileStore store) {
    this.files = files;
    this.store = store;
  }

  /// What was merged.
  ///
  /// @param waiting hours that are being made of their rows, and are missing
  /// @param coarse whole days of which hours are gone, and that lie partly outside: missing
  record Merged(Profile profile, int waiting, int coarse) {}

  void replaceHour(HourKey key, byte[] bytes) {
    synchronized (disk) {
      files.delete(key.model(), Kind.DAYS, key.dayMs());
      files.write(key.model(), Kind.HOURS, key.startMs(), bytes);
    }
  }

  /// Brings what a client sent for an hour together with what it sent before.
  void upload(HourKey key, Profile sent) {
    synchronized (disk) {
      Profile before = files.read(key.model(), Kind.UPLOADS, key.startMs());
      Profile both = new Profile(NumberSketch.DAY);
      if (before != null) {
        both.merge(before, _ -> true, _ -> true);
      }
      both.merge(sent, _ -> true, _ -> true);
      files.write(key.model(), Kind.UPLOADS, key.startMs(), both);
    }
  }

  /// @param startMs included, on the hour
  /// @param endMs excluded, on the hour
  Merged merged(String model, long startMs, long endMs, Wanted wanted) {
    Profile into = new Profile(NumberSketch.DAY);
    NavigableSet<Long> hours = files.list(model, Kind.HOURS);
    NavigableSet<Long> days = files.list(model, Kind.DAYS);
    Map<Long, OpenHour> open = store.open(model);
    NavigableSet<Long> all = new TreeSet<>(hours);
    all.addAll(open.keySet());
    TreeSet<Long> touched = new TreeSet<>();
    all.subSet(startMs, true, endMs, false).forEach(hour -> touched.add(HourKey.dayOf(hour)));
    touched.addAll(days.subSet(HourKey.dayOf(startMs), true, endMs, false));
    int waiting = 0;
    int coarse = 0;
    for (long day : touched) {
      boolean whole = day >= startMs && day + HourKey.DAY_MS <= endMs;
      NavigableSet<Long> ofDay = all.subSet(day, true, day + HourKey.DAY_MS, false);
      Profile merged = whole ? day(model, day, ofDay, wanted) : null;
      if (merged != null) {
        into.merge(merged, _ -> true, _ -> true);
      } else if (ofDay.isEmpty()) {
        coarse++;
      } else {
        long fromMs = Math.max(day, startMs);
        long toMs = Math.min(day + HourKey.DAY_MS, endMs);
        for (long hour : all.subSet(fromMs, true, toMs, false)) {
          waiting += mergeHour(model, hour, open.get(hour), wanted, into) ? 0 : 1;
        }
      }
    }
    for (long hour : files.list(model, Kind.UPLOADS).subSet(startMs, true, endMs, false)) {
      merge(files.read(model, Kind.UPLOADS, hour, wanted::slice, wanted::feature), into);
    }
    return new Merged(into, waiting, coarse);
  }

  private boolean mergeHour(
      String model, long hour, @Nullable OpenHour open, Wanted wanted, Profile into) {
    if (open != null) {
      return open.mergeInto(into, wanted);
    }
    merge(files.read(model, Kind.HOURS, hour, wanted::slice, wanted::feature), into);
    return true;
  }

  private static void merge(@Nullable Profile from, Profile into) {
    if (from != null) {
      into.merge(from, _ -> true, _ -> true);
    }
  }

  /// @return null where hours have to be merged one by one
  private @Nullable Profile day(String model, long day, NavigableSet<Long> hours, Wanted wanted) {
    boolean isOpen = hours.stream().anyMatch(hour -> store.isOpen(new HourKey(model, hour)));
    if (isOpen || day + HourKey.DAY_MS > store.clock().nowMs()) {
      return null;
    }
    Profile kept = files.read(model, Kind.DAYS, day, wanted::slice, wanted::feature);
    if (kept == null && hours.size() > 1) {
      make(model, day, hours);
      kept = files.read(model, Kind.DAYS, day, wanted::slice, wanted::feature);
    }
    return kept;
  }

  private void make(String model, long day, NavigableSet<Long> hours) {
    synchronized (disk) {
      if (hours.stream().anyMatch(hour -> store.isOpen(new HourKey(model, hour)))) {
        return;
      }
      Profile whole = new Profile(NumberSketch.DAY);
      hours.forEach(hour -> merge(files.read(model, Kind.HOURS, hour), whole));
      files.write(model, Kind.DAYS, day, whole);
    }
  }

  /// Keeps only days of what is older than `hoursMs`, and nothing older than `daysMs`.
  void expire(String model, long hoursMs, long daysMs) {
    NavigableSet<Long> hours = files.list(model, Kind.HOURS);
    NavigableSet<Long> days = files.list(model, Kind.DAYS);
    long firstKept = HourKey.dayOf(hoursMs);
    TreeSet<Long> old = new TreeSet<>();
    hours.headSet(firstKept, false).forEach(hour -> old.add(HourKey.dayOf(hour)));
    for (long day : old) {
      NavigableSet<Long> ofDay = hours.subSet(day, true, day + HourKey.DAY_MS, false);
      if (!days.contains(day)) {
        make(model, day, ofDay);
      }
      if (files.has(model, Kind.DAYS, day)) {
        ofDay.forEach(hour -> files.delete(model, Kind.HOURS, hour));
      }
    }
    for (Kind kind : new Kind[] {Kind.DAYS, Kind.UPLOADS}) {
      files
          .list(model, kind)
          .headSet(HourKey.dayOf(daysMs), false)
          .forEach(start -> files.delete(model, kind, start));
    }
  }
}
