package dev.sightline.predictions;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.engine.LateTruthsFile;
import dev.sightline.predictions.engine.SqlRequest.SqlTable;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.head.ModelHead;
import dev.sightline.predictions.part.MergedRows;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.PartDirectory;
import dev.sightline.predictions.part.PartWalk;
import dev.sightline.predictions.part.Parts;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.storage.fs.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one statement reads of the store, as it is at one moment: Parquet files, row files of parts
/// that have none yet, and files of what lies in memory, which are written for it. Owned by one
/// thread.
final class SqlSources {
  /// How many rows of a statement may come from other files than Parquet: these are read anew for
  /// each, 10,000 to 20,000 of 20 features in a second.
  static final int MOST_FRESH_ROWS = 50_000;

  private static final String ALL = "predictions";

  /// Before any time that a prediction may have.
  private static final long EARLIEST_MS = -62_135_596_800_000L;

  private final FileSystem files;
  private final PartDirectory parts;
  private final Path directory;
  private final View view;
  private final long oldestMs;
  private final List<Path> written = new ArrayList<>();
  private long left = MOST_FRESH_ROWS;
  private long unread;
  private boolean memoryUnread;

  /// @param parts where they lie
  /// @param directory for what is written for the statement; empty
  /// @param oldestMs what is older is not shown
  SqlSources(PartDirectory parts, Path directory, View view, long oldestMs) {
    this.files = parts.files();
    this.parts = parts;
    this.directory = directory;
    this.view = view;
    this.oldestMs = Math.max(oldestMs, EARLIEST_MS);
  }

  /// Names that differ in case alone are one to SQL: it is that of the model that the statement
  /// writes so, or else of the first; others have none.
  ///
  /// @param names of the tables that the statement reads
  List<SqlTable> tables(List<String> names) {
    Set<String> wanted = new HashSet<>();
    names.forEach(name -> wanted.add(name.toLowerCase(Locale.ROOT)));
    Set<String> taken = new HashSet<>(Set.of(ALL));
    List<SqlTable> tables = new ArrayList<>();
    List<String> models = new ArrayList<>(view.models());
    models.sort(Comparator.comparing((String model) -> !names.contains(model)));
    for (String model : models) {
      String word = model.toLowerCase(Locale.ROOT);
      String name = taken.add(word) ? model : null;
      if (wanted.contains(ALL) || name != null && wanted.contains(word)) {
        tables.add(table(model, name));
      }
    }
    return tables;
  }

  long oldestMs() {
    return oldestMs;
  }

  /// How many rows there was no room for.
  long unread() {
    return unread;
  }

  /// Whether some of these lie in memory, and nobody would write them to files soon.
  boolean isMemoryUnread() {
    return memoryUnread;
  }

  /// What was written for the statement.
  void delete() {
    written.forEach(files::delete);
  }

  private SqlTable table(String model, @Nullable String name) {
    Path fresh = fresh(model);
    List<Path> parquet = new ArrayList<>();
    List<Path> rows = new ArrayList<>();
    List<Part> newestFirst = new ArrayList<>(view.shelf().parts(model));
    newestFirst.sort(Comparator.comparingLong((Part part) -> part.facts().newestMs()).reversed());
    for (Part part : newestFirst) {
      int number = part.facts().number();
      Path file = parts.file(number, PartDirectory.PARQUET);
      if (part.facts().newestMs() < oldestMs) {
        continue;
      }
      if (view.erased().touches(part)) {
        addWithoutErased(part, rows);
      } else if (files.exists(file)) {
        parquet.add(file);
      } else if (part.facts().rows() <= left && !part.isDamaged()) {
        left -= part.facts().rows();
        rows.add(parts.file(number, PartDirectory.ROWS));
      } else {
        unread += part.facts().rows();
      }
    }
    boolean stored = !parquet.isEmpty() || !rows.isEmpty();
    return new SqlTable(name, parquet, rows, stored ? truths(model) : null, fresh);
  }

  /// A part that holds what was deleted, without it; soon the part is written anew.
  private void addWithoutErased(Part part, List<Path> into) {
    if (part.facts().rows() > left) {
      unread += part.facts().rows();
      return;
    }
    left -= part.facts().rows();
    Iterator<StoredRow> shown =
        view.erased()
            .shown(part.facts().model(), new PartWalk(part, oldestMs, Long.MAX_VALUE, false));
    if (shown.hasNext()) {
      Path file = file(PartDirectory.ROWS);
      Parts.writeRowsOnly(files, file, shown);
      into.add(file);
    }
  }

  /// The newest rows that lie in memory, as many as there is room for.
  private @Nullable Path fresh(String model) {
    long inMemory = count(view.active(), model) + count(view.frozen(), model);
    if (inMemory == 0) {
      return null;
    }
    Iterator<StoredRow> newestFirst =
        new MergedRows(new Listing(view, model).inMemory(oldestMs, Long.MAX_VALUE, true), true);
    List<StoredRow> rows = new ArrayList<>();
    while (rows.size() < left && newestFirst.hasNext()) {
      rows.add(newestFirst.next());
    }
    if (newestFirst.hasNext()) {
      unread += Math.max(1, inMemory - rows.size());
      memoryUnread = true;
    }
    left -= rows.size();
    if (rows.isEmpty()) {
      return null;
    }
    Collections.reverse(rows);
    Path file = file(PartDirectory.ROWS);
    Parts.writeRowsOnly(files, file, rows.iterator());
    return file;
  }

  private static long count(@Nullable Heads heads, String model) {
    ModelHead head = heads == null ? null : heads.find(model);
    return head == null ? 0 : head.predictions();
  }

  private @Nullable Path truths(String model) {
    if (!view.hasLoose(model)) {
      return null;
    }
    Map<String, GroundTruth> newest = new HashMap<>();
    view.shelf().loose(model).forEach((id, loose) -> newest.put(id, loose.history().newest()));
    add(view.frozen(), model, newest);
    add(view.active(), model, newest);
    Path file = file(PartDirectory.TRUTHS);
    LateTruthsFile.write(files, file, newest);
    return file;
  }

  private static void add(@Nullable Heads heads, String model, Map<String, GroundTruth> into) {
    ModelHead head = heads == null ? null : heads.find(model);
    if (head != null) {
      head.loose().forEach((id, loose) -> into.put(id, loose.history().newest()));
    }
  }

  private Path file(String kind) {
    Path file = directory.resolve(String.format(Locale.ROOT, "%08d%s", written.size(), kind));
    written.add(file);
    return file;
  }
}
