package dev.sightline.collect.scrape;

import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one target's series are called in its text and in the store, and which of them were there
/// last time.
///
/// The labels of a series are made once and found again by the bytes that the target writes for it.
/// Owned by one thread.
final class SeriesCache {
  /*
   * Scrapes are numbered. An entry knows the last scrape that named it, and the last one that wrote a sample which
   * ends when it vanishes. After a whole scrape, entries that it did not name are forgotten; after a failed one nothing
   * is, so that the same series are no new ones when the target is back.
   */
  private @Nullable Entry[] table = new @Nullable Entry[64];
  private int size;
  private int seen;
  private long scrape;
  private List<Entry> tracked = new ArrayList<>();
  private List<Entry> trackedBefore = new ArrayList<>();

  /// A series of the target.
  static final class Entry {
    private final byte[] text;
    private final int hash;
    private final @Nullable Labels labels;
    private @Nullable Entry next;
    private long seenIn;
    private long trackedIn;

    private Entry(byte[] text, int hash, @Nullable Labels labels) {
      this.text = text;
      this.hash = hash;
      this.labels = labels;
    }

    /// As they are stored; null where relabelling drops the series.
    @Nullable Labels labels() {
      return labels;
    }
  }

  void beginScrape() {
    scrape++;
    seen = 0;
    tracked.clear();
  }

  /// @return null for a series that was not there before
  @Nullable Entry find(byte[] bytes, int from, int to) {
    int hash = hash(bytes, from, to);
    for (Entry entry = table[hash & (table.length - 1)]; entry != null; entry = entry.next) {
      if (entry.hash == hash && Arrays.equals(entry.text, 0, entry.text.length, bytes, from, to)) {
        return entry;
      }
    }
    return null;
  }

  Entry add(byte[] bytes, int from, int to, @Nullable Labels labels) {
    if (size >= table.length) {
      grow();
    }
    Entry entry = new Entry(Arrays.copyOfRange(bytes, from, to), hash(bytes, from, to), labels);
    int slot = entry.hash & (table.length - 1);
    entry.next = table[slot];
    table[slot] = entry;
    size++;
    return entry;
  }

  /// @return false if this scrape has named it before
  boolean markSeen(Entry entry) {
    boolean first = entry.seenIn != scrape;
    seen += first ? 1 : 0;
    entry.seenIn = scrape;
    return first;
  }

  /// Remembers to end the series when it vanishes.
  void track(Entry entry) {
    if (entry.trackedIn != scrape) {
      entry.trackedIn = scrape;
      tracked.add(entry);
    }
  }

  /// Tells which series were there last time and are not now, and forgets what the scrape did not
  /// name.
  void endScrape(Consumer<Labels> vanished) {
    tellVanished(vanished);
    if (seen < size) {
      removeUnseen();
    }
    swap();
  }

  /// Tells all series that were there last time.
  void failScrape(Consumer<Labels> vanished) {
    trackedBefore.forEach(entry -> tell(entry, vanished));
    tracked.clear();
    swap();
  }

  /// The series that a scrape wrote last, to be ended by whoever takes over.
  List<Labels> current() {
    List<Labels> current = new ArrayList<>();
    trackedBefore.forEach(entry -> tell(entry, current::add));
    return current;
  }

  /// Takes over the series of a target that is scraped in another way from now on.
  void inherit(List<Labels> series) {
    for (Labels labels : series) {
      trackedBefore.add(new Entry(new byte[0], 0, labels));
    }
  }

  private void tellVanished(Consumer<Labels> vanished) {
    List<Entry> gone = trackedBefore.stream().filter(entry -> entry.trackedIn != scrape).toList();
    if (gone.isEmpty()) {
      return;
    }
    // The same series may be there under other bytes: labels in another order, or dropped ones.
    Set<Labels> present = new HashSet<>();
    tracked.forEach(entry -> tell(entry, present::add));
    for (Entry entry : gone) {
      if (entry.labels != null && !present.contains(entry.labels)) {
        vanished.accept(entry.labels);
      }
    }
  }

  private static void tell(Entry entry, Consumer<Labels> listener) {
    if (entry.labels != null) {
      listener.accept(entry.labels);
    }
  }

  private void swap() {
    List<Entry> before = trackedBefore;
    trackedBefore = tracked;
    tracked = before;
    tracked.clear();
  }

  private void removeUnseen() {
    for (int slot = 0; slot < table.length; slot++) {
      Entry kept = null;
      for (Entry entry = table[slot]; entry != null; ) {
        Entry next = entry.next;
        if (entry.seenIn == scrape) {
          entry.next = kept;
          kept = entry;
        }
        entry = next;
      }
      table[slot] = kept;
    }
    size = seen;
  }

  private void grow() {
    @Nullable Entry[] larger = new @Nullable Entry[table.length * 2];
    for (Entry chain : table) {
      for (Entry entry = chain; entry != null; ) {
        Entry next = entry.next;
        int slot = entry.hash & (larger.length - 1);
        entry.next = larger[slot];
        larger[slot] = entry;
        entry = next;
      }
    }
    table = larger;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 15);
  }
}
