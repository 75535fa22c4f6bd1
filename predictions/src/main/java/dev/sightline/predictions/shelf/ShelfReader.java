package dev.sightline.predictions.shelf;

import dev.sightline.predictions.head.Loose;
import dev.sightline.predictions.part.IdHash;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.PartDirectory;
import dev.sightline.predictions.part.Parts;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Opens what is in files, and mends what can be mended.
///
/// A part whose end is damaged is read as far as it goes and written anew. A catalog that is
/// damaged or gone is made anew from the parts; the log is then read from its beginning, and what
/// is in parts already changes nothing. Damaged files go to `quarantine`.
public final class ShelfReader {
  private static final String CATALOG = "catalog";

  private final Parts parts;
  private final FileSystem files;
  private final Path directory;
  private final List<Part> opened = new ArrayList<>();
  private final List<Integer> unreadable = new ArrayList<>();
  private boolean mended;
  private int nextNumber;

  private ShelfReader(Parts parts) {
    this.parts = parts;
    this.files = parts.directory().files();
    this.directory = parts.directory().path();
  }

  public static Shelf open(Parts parts) {
    return new ShelfReader(parts).read();
  }

  static void writeCatalog(PartDirectory directory, Catalog catalog) {
    AtomicReplacement.write(directory.files(), directory.path(), CATALOG, catalog.encode());
  }

  private Shelf read() {
    files.createDirectories(directory);
    Catalog catalog = catalog();
    nextNumber = catalog.nextNumber();
    catalog.parts().forEach(this::openPart);
    Map<String, Map<String, Loose>> loose = truths(catalog.truthsFile());
    Catalog now =
        new Catalog(
            catalog.position(), catalog.counters(), nextNumber, catalog.truthsFile(), numbers());
    if (mended) {
      parts.syncNames();
      writeCatalog(parts.directory(), now);
    }
    deleteOrphans(now);
    return new Shelf(now, opened, loose, unreadable);
  }

  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>(unreadable);
    opened.forEach(part -> numbers.add(part.facts().number()));
    return numbers.stream().sorted().toList();
  }

  private Catalog catalog() {
    Path path = directory.resolve(CATALOG);
    if (files.exists(path)) {
      try {
        return Catalog.decode(AtomicReplacement.read(files, path));
      } catch (BadBytesException | StorageException bad) {
        report(path, "the catalog, which is made anew: " + bad.getMessage());
        quarantine(path);
      }
    }
    mended = true;
    return made();
  }

  /// What the catalog must have been. Of parts that hold the same rows, because one was to replace
  /// the other, the youngest counts; what never counted comes from the log as well, and once.
  private Catalog made() {
    List<Part> live = new ArrayList<>();
    int last = -1;
    for (int number : numbersOf(PartDirectory.ROWS).reversed()) {
      last = Math.max(last, number);
      try {
        Part part = parts.open(number, 0);
        StoredRow first = part.first();
        if (first != null && live.stream().noneMatch(one -> holds(one, part, first))) {
          live.add(part);
        }
      } catch (BadBytesException | StorageException _) {
        quarantine(parts.directory().file(number, PartDirectory.ROWS));
      }
    }
    long lastSequence =
        live.stream().mapToLong(part -> part.facts().lastSequence()).max().orElse(-1);
    long newestMs =
        live.stream().mapToLong(part -> part.facts().newestMs()).max().orElse(Long.MIN_VALUE);
    List<Integer> truths = numbersOf(PartDirectory.TRUTHS);
    int lastTruths = truths.isEmpty() ? -1 : truths.getLast();
    return new Catalog(
        LogPosition.START,
        new Counters(lastSequence + 1, newestMs),
        Math.max(last, lastTruths) + 1,
        lastTruths,
        live.stream().map(part -> part.facts().number()).sorted().toList());
  }

  private static boolean holds(Part young, Part old, StoredRow row) {
    return young.facts().model().equals(old.facts().model())
        && young.find(row.id(), IdHash.of(row.id())) != null;
  }

  private void openPart(int number) {
    Path path = parts.directory().file(number, PartDirectory.ROWS);
    long filterBytes = opened.stream().mapToLong(Part::filterBytes).sum();
    try {
      opened.add(parts.open(number, filterBytes));
    } catch (BadBytesException bad) {
      report(path, "predictions: " + bad.getMessage());
      Part saved = parts.salvage(number, nextNumber, filterBytes);
      if (saved != null) {
        nextNumber++;
        opened.add(saved);
      }
      mended = true;
      quarantine(path);
    } catch (StorageException refused) {
      report(path, "predictions: " + refused.reason());
      if (refused.getCause() instanceof NoSuchFileException) {
        mended = true;
      } else {
        unreadable.add(number);
      }
    }
  }

  private Map<String, Map<String, Loose>> truths(int number) {
    if (number < 0) {
      return new HashMap<>();
    }
    Path path = parts.directory().file(number, PartDirectory.TRUTHS);
    try {
      return TruthsFile.decode(AtomicReplacement.read(files, path));
    } catch (BadBytesException | StorageException bad) {
      report(path, "truths: " + bad.getMessage());
      quarantine(path);
      return new HashMap<>();
    }
  }

  /// What a crash left of files that never counted, or do not any more.
  private void deleteOrphans(Catalog catalog) {
    Set<Integer> named = new HashSet<>(catalog.parts());
    for (Path path : files.list(directory)) {
      int number = PartDirectory.number(path);
      String name = path.getFileName().toString();
      boolean live =
          name.endsWith(PartDirectory.TRUTHS)
              ? number == catalog.truthsFile()
              : named.contains(number);
      if (number >= 0 && (!live || name.endsWith(".tmp"))) {
        files.delete(path);
      }
    }
  }

  private List<Integer> numbersOf(String kind) {
    return files.list(directory).stream()
        .filter(path -> path.getFileName().toString().endsWith(kind))
        .map(PartDirectory::number)
        .filter(number -> number >= 0)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private void report(Path path, @Nullable String what) {
    parts.damage().found(path, String.valueOf(what));
  }

  /// Moves a file aside, beside those of the same name that were moved before.
  private void quarantine(Path path) {
    Path quarantine = directory.resolve("quarantine");
    try {
      files.createDirectories(quarantine);
      int count = files.list(quarantine).size();
      parts.open().drop(path);
      files.rename(path, quarantine.resolve(count + "-" + path.getFileName()));
      files.syncDirectory(quarantine);
    } catch (StorageException refused) {
      report(path, "could not be moved to quarantine: " + refused.reason());
    }
  }
}
