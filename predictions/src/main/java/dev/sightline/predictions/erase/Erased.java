package dev.sightline.predictions.erase;

import dev.sightline.predictions.part.IdHash;
import dev.sightline.predictions.part.Part;
import dev.sightline.predictions.part.StoredRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Which predictions have been deleted: those that may still lie in files, and all that may not
/// come back.
///
/// Unchangeable.
public final class Erased {
  public static final Erased NONE = new Erased(Map.of(), Map.of());

  private final Map<String, IdHashes> hidden;
  private final Map<String, IdHashes> refused;

  private Erased(Map<String, IdHashes> hidden, Map<String, IdHashes> refused) {
    this.hidden = Map.copyOf(hidden);
    this.refused = Map.copyOf(refused);
  }

  static Erased of(Collection<Erasure> erasures) {
    Map<String, IdHashes> hidden = new HashMap<>();
    Map<String, IdHashes> refused = new HashMap<>();
    for (Erasure one : erasures) {
      if (!one.ids().isEmpty()) {
        refused.merge(one.model(), one.ids(), IdHashes::with);
        if (!one.isGone()) {
          hidden.merge(one.model(), one.ids(), IdHashes::with);
        }
      }
    }
    return new Erased(hidden, refused);
  }

  /// Whether anything of a model may lie somewhere and must not be shown.
  public boolean hidesAnyOf(String model) {
    return hidden.containsKey(model);
  }

  public boolean hides(String model, String id) {
    IdHashes ofModel = hidden.get(model);
    return ofModel != null && ofModel.contains(id);
  }

  /// By the hashes of ids; null where nothing is hidden.
  public @Nullable IdHashes hidden(String model) {
    return hidden.get(model);
  }

  /// Whether a prediction, or a truth about it, may not come back.
  public boolean refuses(String model, String id) {
    IdHashes ofModel = refused.get(model);
    return ofModel != null && ofModel.contains(id);
  }

  /// Whether a part holds a row that must not be shown.
  public boolean touches(Part part) {
    IdHashes ofModel = hidden.get(part.facts().model());
    return ofModel != null && ofModel.stream().anyMatch(hash -> part.known(hash) != null);
  }

  /// The rows that may be shown.
  public Iterator<StoredRow> shown(String model, Iterator<StoredRow> rows) {
    IdHashes ofModel = hidden.get(model);
    return ofModel == null ? rows : new Shown(rows, ofModel);
  }

  private static final class Shown implements Iterator<StoredRow> {
    private final Iterator<StoredRow> rows;
    private final IdHashes hidden;
    private @Nullable StoredRow next;

    Shown(Iterator<StoredRow> rows, IdHashes hidden) {
      this.rows = rows;
      this.hidden = hidden;
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        StoredRow row = rows.next();
        next = hidden.contains(IdHash.of(row.id())) ? null : row;
      }
      return next != null;
    }

    @Override
    public StoredRow next() {
      StoredRow row = hasNext() ? next : null;
      if (row == null) {
        throw new NoSuchElementException();
      }
      next = null;
      return row;
    }
  }
}
