package dev.sightline.predictions.shelf;

import dev.sightline.predictions.head.Loose;
import dev.sightline.predictions.head.Loose.Kind;
import dev.sightline.predictions.part.IdHash;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.StoredRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the store holds in files: parts, and the loose truths of their predictions and of those to
/// come. The oldest layer of the store; never changes, but is replaced.
///
/// Safe for any number of threads.
public final class Shelf {
  private final Catalog catalog;
  private final SortedMap<String, List<Part>> partsByModel;
  private final Map<String, Map<String, Loose>> loose;
  private final List<Integer> unreadable;
  private final Map<String, LooseCounts> counts = new HashMap<>();

  /// @param unreadable numbers of parts that the disk does not let be read now, and that stay
  Shelf(
      Catalog catalog,
      Collection<Part> parts,
      Map<String, Map<String, Loose>> loose,
      List<Integer> unreadable) {
    this.unreadable = List.copyOf(unreadable);
    this.catalog = catalog;
    this.loose = loose;
    SortedMap<String, List<Part>> byModel = new TreeMap<>();
    for (Part part : parts) {
      byModel.computeIfAbsent(part.facts().model(), _ -> new ArrayList<>()).add(part);
    }
    byModel.replaceAll((_, list) -> newestFirst(list));
    this.partsByModel = byModel;
    loose.forEach((model, byId) -> counts.put(model, LooseCounts.of(byId.values())));
  }

  private static List<Part> newestFirst(List<Part> parts) {
    return parts.stream()
        .sorted((left, right) -> right.facts().number() - left.facts().number())
        .toList();
  }

  Catalog catalog() {
    return catalog;
  }

  /// Numbers of parts that the disk does not let be read now.
  public List<Integer> unreadable() {
    return unreadable;
  }

  /// Where the log goes on.
  public LogPosition position() {
    return catalog.position();
  }

  /// As they were when the shelf was filled last.
  public Counters counters() {
    return catalog.counters();
  }

  /// Those that have a part or a loose truth.
  public SortedSet<String> models() {
    SortedSet<String> models = new TreeSet<>(partsByModel.keySet());
    models.addAll(loose.keySet());
    return models;
  }

  public boolean knows(String model) {
    return partsByModel.containsKey(model) || loose.containsKey(model);
  }

  /// The parts of a model, those written last first.
  public List<Part> parts(String model) {
    return partsByModel.getOrDefault(model, List.of());
  }

  public List<Part> parts() {
    return partsByModel.values().stream().flatMap(List::stream).toList();
  }

  public @Nullable Loose loose(String model, String id) {
    return loose(model).get(id);
  }

  public boolean hasLoose(String model) {
    return loose.containsKey(model);
  }

  /// The loose truths of a model, by id.
  public Map<String, Loose> loose(String model) {
    return Collections.unmodifiableMap(loose.getOrDefault(model, Map.of()));
  }

  Map<String, Map<String, Loose>> loose() {
    return Collections.unmodifiableMap(loose);
  }

  /// Memory taken by loose truths.
  public long looseBytes() {
    return counts.values().stream().mapToLong(LooseCounts::bytes).sum();
  }

  /// The part of [#looseBytes] whose predictions have not arrived.
  public long waitingBytes() {
    return counts.values().stream().mapToLong(LooseCounts::waitingBytes).sum();
  }

  /// How many predictions that have not arrived have a truth.
  public long waiting() {
    return counts.values().stream().mapToLong(LooseCounts::waiting).sum();
  }

  /// How many predictions of a model have all their truths loose.
  public long firsts(String model) {
    LooseCounts ofModel = counts.get(model);
    return ofModel == null ? 0 : ofModel.firsts();
  }

  /// How many loose truths there are of each sort, and the memory that they take.
  private record LooseCounts(long waiting, long firsts, long bytes, long waitingBytes) {
    static LooseCounts of(Collection<Loose> all) {
      long waiting = 0;
      long firsts = 0;
      long bytes = 0;
      long waitingBytes = 0;
      for (Loose one : all) {
        waiting += one.kind().waits() ? 1 : 0;
        firsts += one.kind() == Kind.FIRST ? 1 : 0;
        bytes += one.history().bytes();
        waitingBytes += one.kind().waits() ? one.history().bytes() : 0;
      }
      return new LooseCounts(waiting, firsts, bytes, waitingBytes);
    }
  }

  /// A prediction with the truths beside it, not the loose ones; null if it is in no part.
  public @Nullable StoredRow find(String model, String id) {
    long hash = IdHash.of(id);
    for (Part part : parts(model)) {
      StoredRow row = part.find(id, hash);
      if (row != null) {
        return row;
      }
    }
    return null;
  }

  /// @return null if no part has the id
  public Part.@Nullable Known known(String model, String id) {
    long hash = IdHash.of(id);
    for (Part part : parts(model)) {
      Part.Known known = part.known(hash);
      if (known != null) {
        return known;
      }
    }
    return null;
  }
}
