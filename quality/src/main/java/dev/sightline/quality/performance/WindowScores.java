package dev.sightline.quality.performance;

import dev.sightline.quality.window.Window;
import dev.sightline.stats.measure.ClassificationReport.ClassRow;
import dev.sightline.stats.measure.Measured;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one window says about a model.
///
/// @param n predictions
/// @param labelled those of them whose truth is known and comparable
/// @param carried whether the measures are those of the window before, for want of rows: CLARA's
///   mode only
/// @param measures by name; empty without labelled rows
public record WindowScores(
    Window window,
    long n,
    long labelled,
    boolean carried,
    Map<String, Measured> measures,
    Detail detail) {
  public WindowScores {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }

  /// What lies below the measures.
  public sealed interface Detail {}

  /// @param rows classes that occur
  /// @param confusion by true class, then by predicted class, in the order of
  ///   [Performance#classes()]; empty without labelled rows
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Classes(List<ClassRow> rows, long[][] confusion) implements Detail {
    public Classes {
      rows = List.copyOf(rows);
    }
  }

  /// How prediction minus truth is distributed.
  ///
  /// @param bounds one more than counts, rising; empty without rows
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Residuals(double[] bounds, long[] counts) implements Detail {}

  /// @param finishReasons how many texts ended for which reason
  public record Texts(Map<String, Long> finishReasons) implements Detail {
    public Texts {
      finishReasons = Collections.unmodifiableMap(new LinkedHashMap<>(finishReasons));
    }
  }

  /// There is nothing more to say.
  public record Nothing() implements Detail {}
}
