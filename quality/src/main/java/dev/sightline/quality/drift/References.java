package dev.sightline.quality.drift;

import dev.sightline.model.query.QueryException;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.BaselineStore;
import dev.sightline.quality.baseline.FileTable;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What models are compared with: references that somebody made, and the first rows of each model.
///
/// Safe for any number of threads.
public final class References {
  private final WindowBaselines windows;
  private final BaselineStore store;
  private final Supplier<DriftOptions> options;
  private final Clock clock;

  /// @param options asked each time
  public References(
      WindowBaselines windows, BaselineStore store, Supplier<DriftOptions> options, Clock clock) {
    this.windows = windows;
    this.store = store;
    this.options = options;
    this.clock = clock;
  }

  /// What a model is compared with where nobody says: what the configuration names, else the
  /// reference `default`, else its first rows.
  ///
  /// @throws QueryException.Failed if there is none yet, in the user's words
  public Reference usual(String model, Deadline deadline) {
    String configured = options.get().of(model).reference();
    if (!configured.isEmpty()) {
      return named(model, configured, deadline);
    }
    Reference chosen = store.find(model, Reference.DEFAULT);
    return chosen == null ? named(model, Reference.FIRST, deadline) : chosen;
  }

  /// The same, or null where there is none yet.
  public @Nullable Reference usualIfAny(String model, Deadline deadline) {
    String configured = options.get().of(model).reference();
    String name = configured.isEmpty() ? Reference.DEFAULT : configured;
    Reference chosen = store.find(model, name);
    boolean first = configured.isEmpty() || configured.equals(Reference.FIRST);
    return chosen == null && first ? firstIfAny(model, deadline) : chosen;
  }

  /// @throws QueryException.Failed if there is none of this name, in the user's words
  public Reference named(String model, String name, Deadline deadline) {
    Reference found = store.find(model, name);
    if (found != null) {
      return found;
    }
    Reference first = name.equals(Reference.FIRST) ? firstIfAny(model, deadline) : null;
    if (first != null) {
      return first;
    }
    throw new QueryException.Failed(
        name.equals(Reference.FIRST)
            ? notYet(model)
            : "model \"" + model + "\" has no reference \"" + name + "\"; PUT it, or name another");
  }

  private String notYet(String model) {
    int wanted = options.get().referenceRows();
    WindowBaselines.First first = windows.first(model, wanted);
    return "not enough data: the reference will be the first "
        + wanted
        + " predictions, and there are "
        + (first == null ? 0 : first.rows())
        + "; to compare now, name a reference or its start and end";
  }

  /// The first rows, kept from the moment on when they are enough: what comes later changes them no
  /// more, nor does the end of their retention.
  private @Nullable Reference firstIfAny(String model, Deadline deadline) {
    Reference kept = store.find(model, Reference.FIRST);
    if (kept != null) {
      return kept;
    }
    DriftOptions now = options.get();
    WindowBaselines.First first = windows.first(model, now.referenceRows());
    if (first == null || !isEnough(first, now)) {
      return null;
    }
    Window window = new Window(first.startMs(), first.lastMs() + 1, false);
    return keep(model, Reference.FIRST, window, deadline);
  }

  private boolean isEnough(WindowBaselines.First first, DriftOptions now) {
    boolean old = clock.nowMs() - first.startMs() > now.referenceSpan().toMillis();
    return first.rows() >= now.referenceRows()
        || old && first.rows() >= 10 * now.rules().minimumN();
  }

  /// Makes a reference of the rows of a window, in place of what bears its name.
  ///
  /// @throws QueryException.Failed if the window has no rows
  public Reference keep(String model, String name, Window window, Deadline deadline) {
    DriftOptions.OfModel ofModel = options.get().of(model);
    Selection selection = WindowBaselines.selection(model, null, window);
    Baseline baseline = windows.reference(selection, ofModel.kinds(), ofModel.ignored(), deadline);
    return keep(model, name, baseline);
  }

  /// Makes a reference of the rows of a file, in place of what bears its name.
  ///
  /// @throws QueryException.Failed if it has no rows
  public Reference keep(String model, String name, FileTable table, Deadline deadline) {
    DriftOptions.OfModel ofModel = options.get().of(model);
    return keep(
        model, name, windows.reference(model, table, ofModel.kinds(), ofModel.ignored(), deadline));
  }

  /// Keeps a summary that somebody else made, in place of what bears its name.
  ///
  /// @throws QueryException.Failed if it is of no rows
  public Reference keep(String model, String name, Baseline baseline) {
    if (baseline.rows() == 0) {
      throw new QueryException.Failed("there are no predictions to make a reference of");
    }
    try {
      Reference reference = new Reference(model, name, clock.nowMs(), baseline);
      store.put(reference);
      return reference;
    } catch (IllegalArgumentException tooMany) {
      throw new QueryException.Failed(String.valueOf(tooMany.getMessage()));
    }
  }

  /// By name.
  public List<Reference> list(String model) {
    return store.list(model);
  }

  /// @return whether there was one
  public boolean delete(String model, String name) {
    return store.delete(model, name);
  }
}
