package dev.sightline.tsdb.index;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The index of the head: one thread adds series, any number of threads read.
///
/// Series are never taken out; the head builds a new index when many of them have ended.
public final class GrowingIndex implements LabelIndex {
  private final ConcurrentHashMap<String, ConcurrentHashMap<String, RisingInts>> byName =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, String> texts = new ConcurrentHashMap<>();
  private volatile int size;

  /// Adds a series under the next number, which is the size before.
  public void add(Labels labels) {
    int number = size;
    for (int i = 0; i < labels.size(); i++) {
      texts.putIfAbsent(labels.name(i), labels.name(i));
      texts.putIfAbsent(labels.value(i), labels.value(i));
      ConcurrentHashMap<String, RisingInts> byValue =
          byName.computeIfAbsent(labels.name(i), _ -> new ConcurrentHashMap<>(1));
      RisingInts numbers = byValue.get(labels.value(i));
      if (numbers == null) {
        byValue.put(labels.value(i), new RisingInts(number));
      } else {
        numbers.add(number);
      }
    }
    size = number + 1;
  }

  /// The same labels, made of texts that the series here have already, where they do.
  public Labels share(Labels labels) {
    List<Label> shared = new ArrayList<>(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      shared.add(new Label(share(labels.name(i)), share(labels.value(i))));
    }
    return Labels.of(shared);
  }

  private String share(String text) {
    return texts.getOrDefault(text, text);
  }

  @Override
  public Postings all() {
    return new RangePostings(size);
  }

  @Override
  public Postings with(String name, String value) {
    ConcurrentHashMap<String, RisingInts> byValue = byName.get(name);
    RisingInts numbers = byValue == null ? null : byValue.get(value);
    return numbers == null ? IntPostings.none() : numbers.postings();
  }

  /// How many series have this label.
  public int seriesWith(String name, String value) {
    ConcurrentHashMap<String, RisingInts> byValue = byName.get(name);
    RisingInts numbers = byValue == null ? null : byValue.get(value);
    return numbers == null ? 0 : numbers.size();
  }

  @Override
  public Collection<String> names() {
    return byName.keySet();
  }

  @Override
  public Collection<String> values(String name) {
    ConcurrentHashMap<String, RisingInts> byValue = byName.get(name);
    return byValue == null ? List.of() : byValue.keySet();
  }
}
