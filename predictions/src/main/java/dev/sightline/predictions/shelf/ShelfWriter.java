package dev.sightline.predictions.shelf;

import dev.sightline.predictions.erase.Erased;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.head.Loose;
import dev.sightline.predictions.head.ModelHead;
import dev.sightline.predictions.part.IdHash;
import dev.sightline.predictions.part.MergedRows;
import dev.sightline.predictions.part.Packing;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.PartDirectory;
import dev.sightline.predictions.part.PartFacts;
import dev.sightline.predictions.part.PartWalk;
import dev.sightline.predictions.part.Parts;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.failpoint.Failpoints;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts another shelf in the place of one: files are written and made safe first, then the catalog
/// that names them is replaced in one step. What fails before leaves everything as it was.
///
/// One thread at a time.
public final class ShelfWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ShelfWriter.class);
  private static final long DAY_MS = 86_400_000;

  private final Parts parts;

  /// Numbers whose files a catalog may name that was not acknowledged by the disk. They stay until
  /// another was, because after a crash that one may be found.
  private final List<Integer> doubtful = new ArrayList<>();

  private final Supplier<Erased> erased;

  private int nextNumber;

  /// @param shelf as it was opened
  /// @param erased what was deleted: it is left out of whatever is written
  public ShelfWriter(Parts parts, Shelf shelf, Supplier<Erased> erased) {
    this.parts = parts;
    this.erased = erased;
    this.nextNumber = shelf.catalog().nextNumber();
  }

  /// Adds what memory holds.
  ///
  /// @param position where the log goes on behind it
  /// @param counters behind its rows and truths
  public Shelf write(Shelf before, Heads heads, LogPosition position, Counters counters) {
    return changed(
        before,
        change -> {
          heads
              .all()
              .forEach(
                  (model, head) ->
                      writeRows(model, erased.get().shown(model, head.rows()), change));
          change.loose = withLoose(before, heads);
          change.position = position;
          change.counters = counters;
        });
  }

  private void writeRows(String model, Iterator<StoredRow> rows, Change change) {
    Days days = new Days(rows);
    while (days.hasNext()) {
      change.add(new PartFacts.Origin(model, days.nextDay()), days.rowsOfDay(), Packing.FAST);
    }
  }

  /// The loose truths of both, but for those whose prediction has come meanwhile and has them.
  private static Map<String, Map<String, Loose>> withLoose(Shelf before, Heads heads) {
    Map<String, Map<String, Loose>> all = new HashMap<>();
    before
        .loose()
        .forEach(
            (model, byId) -> {
              ModelHead head = heads.find(model);
              Map<String, Loose> kept = new HashMap<>(byId);
              kept.keySet().removeIf(id -> head != null && head.row(id) != null);
              all.put(model, kept);
            });
    heads
        .all()
        .forEach(
            (model, head) ->
                head.loose()
                    .forEach(
                        (id, one) ->
                            all.computeIfAbsent(model, _ -> new HashMap<>())
                                .merge(id, one, Loose::then)));
    return all;
  }

  /// Writes parts of one model and day anew, as one, with the loose truths of their predictions and
  /// without what was deleted.
  ///
  /// @param hurry asked now and then; once it says true, everything stays as it was
  /// @throws CancellationException if there was hurry
  public Shelf merge(Shelf before, List<Part> sources, BooleanSupplier hurry) {
    PartFacts first = sources.getFirst().facts();
    Map<String, Loose> loose = before.loose(first.model());
    Set<String> absorbed = new HashSet<>();
    Iterator<StoredRow> all =
        new MergedRows(
            sources.stream()
                .map(
                    part ->
                        (Iterator<StoredRow>)
                            new PartWalk(part, Long.MIN_VALUE, Long.MAX_VALUE, false))
                .toList(),
            false);
    Iterator<StoredRow> rows = erased.get().shown(first.model(), all);
    return changed(
        before,
        change -> {
          sources.forEach(change::remove);
          if (rows.hasNext()) {
            change.add(
                first.origin(),
                new Interruptible(new Absorbing(rows, loose, absorbed), hurry),
                Packing.SMALL);
          }
          if (sources.stream().anyMatch(Part::isDamaged)) {
            throw new BadBytesException("a part to be merged is damaged");
          }
          Map<String, Loose> rest = change.loose.get(first.model());
          if (rest != null) {
            rest.keySet().removeAll(absorbed);
          }
        });
  }

  /// Takes parts away whose rows are all older than `oldestMs`, and truths that are, or that have
  /// lost their prediction.
  ///
  /// @return the same shelf if nothing is that old
  public Shelf expire(Shelf before, long oldestMs) {
    List<Part> old =
        before.parts().stream().filter(part -> part.facts().newestMs() < oldestMs).toList();
    List<Part> left = before.parts().stream().filter(part -> !old.contains(part)).toList();
    Map<String, Map<String, Loose>> kept = copy(before);
    boolean truthsLeft = false;
    for (Map.Entry<String, Map<String, Loose>> model : kept.entrySet()) {
      List<Part> searched =
          old.isEmpty()
              ? List.of()
              : left.stream().filter(part -> part.facts().model().equals(model.getKey())).toList();
      truthsLeft |=
          model
              .getValue()
              .entrySet()
              .removeIf(
                  entry ->
                      entry.getValue().kind().waits() || old.isEmpty()
                          ? isTooOld(entry.getValue(), oldestMs)
                          : isInNone(entry.getKey(), searched));
    }
    if (old.isEmpty() && !truthsLeft) {
      return before;
    }
    return changed(
        before,
        change -> {
          old.forEach(change::remove);
          change.loose = kept;
        });
  }

  private static boolean isInNone(String id, List<Part> searched) {
    long hash = IdHash.of(id);
    return searched.stream().noneMatch(part -> part.known(hash) != null);
  }

  private static boolean isTooOld(Loose loose, long oldestMs) {
    return loose.kind().waits() && loose.history().newest().timeMs() < oldestMs;
  }

  private static Map<String, Map<String, Loose>> copy(Shelf shelf) {
    Map<String, Map<String, Loose>> copy = new HashMap<>();
    shelf.loose().forEach((model, byId) -> copy.put(model, new HashMap<>(byId)));
    return copy;
  }

  /// Numbers of files that the one shelf names and the other does not, and of those that counted
  /// for neither.
  public List<Integer> retired(Shelf before, Shelf after) {
    Set<Integer> numbers = new TreeSet<>(doubtful);
    doubtful.clear();
    numbers.addAll(before.catalog().parts());
    if (before.catalog().truthsFile() >= 0) {
      numbers.add(before.catalog().truthsFile());
    }
    after.catalog().parts().forEach(numbers::remove);
    numbers.remove(after.catalog().truthsFile());
    return List.copyOf(numbers);
  }

  /// Deletes the files of a number.
  public void delete(int number) {
    parts.directory().files().delete(parts.directory().file(number, PartDirectory.TRUTHS));
    parts.delete(number);
  }

  private Shelf changed(Shelf before, Consumer<Change> work) {
    Change change = new Change(before);
    boolean written = false;
    try {
      work.accept(change);
      change.writeTruths();
      parts.syncNames();
      written = true;
      return change.commit();
    } catch (RuntimeException failure) {
      if (written) {
        doubtful.addAll(change.numbers);
      } else {
        change.numbers.forEach(this::abandon);
      }
      throw failure;
    }
  }

  private void abandon(int number) {
    try {
      delete(number);
    } catch (StorageException refused) {
      LOG.debug("left behind until the next start: {}", refused.getMessage());
    }
  }

  /// A new shelf in the making.
  private final class Change {
    private final Shelf before;
    private final List<Part> kept;
    private final List<Integer> numbers = new ArrayList<>();
    private Map<String, Map<String, Loose>> loose;
    private LogPosition position;
    private Counters counters;
    private int truthsFile = -1;

    Change(Shelf before) {
      this.before = before;
      this.kept = new ArrayList<>(before.parts());
      this.loose = copy(before);
      this.position = before.position();
      this.counters = before.counters();
    }

    void add(PartFacts.Origin origin, Iterator<StoredRow> rows, Packing packing) {
      long filterBytes = kept.stream().mapToLong(Part::filterBytes).sum();
      kept.add(parts.write(number(), origin, rows, packing, filterBytes));
    }

    void remove(Part part) {
      kept.remove(part);
    }

    private int number() {
      int number = nextNumber++;
      numbers.add(number);
      return number;
    }

    private void writeTruths() {
      Erased now = erased.get();
      loose.forEach((model, byId) -> byId.keySet().removeIf(id -> now.refuses(model, id)));
      loose.values().removeIf(Map::isEmpty);
      if (!loose.isEmpty()) {
        truthsFile = number();
        String name =
            String.valueOf(parts.directory().file(truthsFile, PartDirectory.TRUTHS).getFileName());
        AtomicReplacement.write(
            parts.directory().files(), parts.directory().path(), name, TruthsFile.encode(loose));
      }
    }

    private Shelf commit() {
      List<Integer> named = new ArrayList<>(before.unreadable());
      kept.forEach(part -> named.add(part.facts().number()));
      Catalog catalog =
          new Catalog(position, counters, nextNumber, truthsFile, named.stream().sorted().toList());
      Failpoints.reach("predictions.before-catalog");
      ShelfReader.writeCatalog(parts.directory(), catalog);
      Failpoints.reach("predictions.after-catalog");
      return new Shelf(catalog, kept, loose, before.unreadable());
    }
  }

  /// Rows in order, day by day.
  private static final class Days {
    private final Iterator<StoredRow> rows;
    private @Nullable StoredRow next;

    Days(Iterator<StoredRow> rows) {
      this.rows = rows;
      this.next = rows.hasNext() ? rows.next() : null;
    }

    boolean hasNext() {
      return next != null;
    }

    long nextDay() {
      StoredRow row = next;
      return row == null ? Long.MAX_VALUE : Math.floorDiv(row.place().timeMs(), DAY_MS);
    }

    Iterator<StoredRow> rowsOfDay() {
      long day = nextDay();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return next != null && nextDay() == day;
        }

        @Override
        public StoredRow next() {
          StoredRow row = Objects.requireNonNull(next);
          next = rows.hasNext() ? rows.next() : null;
          return row;
        }
      };
    }
  }

  /// Rows that stop coming when there is hurry.
  private static final class Interruptible implements Iterator<StoredRow> {
    private static final int ROWS_BETWEEN = 1_024;

    private final Iterator<StoredRow> rows;
    private final BooleanSupplier hurry;
    private int count;

    Interruptible(Iterator<StoredRow> rows, BooleanSupplier hurry) {
      this.rows = rows;
      this.hurry = hurry;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public StoredRow next() {
      if (++count % ROWS_BETWEEN == 0 && hurry.getAsBoolean()) {
        throw new CancellationException("clients wait for room");
      }
      return rows.next();
    }
  }

  /// Rows that take up their loose truths on the way.
  private record Absorbing(Iterator<StoredRow> rows, Map<String, Loose> loose, Set<String> absorbed)
      implements Iterator<StoredRow> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public StoredRow next() {
      StoredRow row = rows.next();
      if (loose.isEmpty()) {
        return row;
      }
      String id = row.id();
      Loose late = loose.get(id);
      if (late == null) {
        return row;
      }
      absorbed.add(id);
      return row.with(late.history());
    }
  }
}
