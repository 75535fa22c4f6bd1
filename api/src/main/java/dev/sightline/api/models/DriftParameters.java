package dev.sightline.api.models;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.models.ListParameters.bad;
import static dev.sightline.api.models.ListParameters.emptyToNull;

import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.drift.Against;
import dev.sightline.quality.drift.DriftOptions;
import dev.sightline.quality.drift.DriftRules;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.drift.Correction;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.MethodChoice;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the parameters of questions that compare a window with a reference.
///
/// @param options asked at each call
record DriftParameters(
    QualityParameters shared,
    WindowBaselines baselines,
    Supplier<DriftOptions> options,
    Clock clock) {
  private static final Parameter.Type STRING = Parameter.Type.STRING;
  private static final int MOST_LAST = 10_000;

  static final List<Parameter> WINDOW =
      List.of(
          optional("start", STRING, "RFC 3339 or epoch milliseconds; quality.drift.window before"),
          optional("end", STRING, "RFC 3339 or epoch milliseconds, excluded; now"),
          optional("last", Parameter.Type.INTEGER, "The newest so many predictions before end"),
          optional("version", STRING, "Only of this version of the model"),
          optional("segment", STRING, "Only rows that have these features or tags: country=\"ES\""),
          optional("reference", STRING, "Name of one that is kept, previous or same_weekday"),
          optional("reference_start", STRING, "Of the window that is the reference, included"),
          optional("reference_end", STRING, "Of that window, excluded"),
          optional("reference_version", STRING, "Only its rows of this version"),
          optional("timeout", STRING, "After which the question is given up, such as 30s"));

  static final List<Parameter> JUDGEMENT =
      List.of(
          optional("choice", STRING, "Who chooses methods: evidently (the default) or nannyml"),
          optional("method", STRING, "One for every feature, such as psi_deciles"),
          optional("threshold", Parameter.Type.NUMBER, "Of that method; its usual one"),
          optional("correction", STRING, "Of p-values: none, bonferroni, benjamini_hochberg"),
          optional("min_n", Parameter.Type.INTEGER, "Fewer rows on a side are not enough"));

  static final Parameter SOURCE =
      optional("source", STRING, "rows (the default), or sketch: from profiles by the hour");

  /// @throws ApiException 400
  static boolean areSketchesWanted(Call call) {
    String source = emptyToNull(call.parameter("source"));
    if (source != null && !source.equals("rows") && !source.equals("sketch")) {
      throw bad("source", "must be rows or sketch");
    }
    return source != null && source.equals("sketch");
  }

  /// @throws ApiException 400
  Selection selection(Call call, String model) {
    Selection asked = shared.selection(call, model);
    long endMs = asked.windows().endMs();
    String last = emptyToNull(call.parameter("last"));
    if (last != null) {
      int rows = (int) QualityParameters.number(call, "last", 1, 1, MOST_LAST);
      return asked.in(Windows.whole(baselines.newestStartMs(model, endMs, rows), endMs));
    }
    if (emptyToNull(call.parameter("start")) != null) {
      return asked;
    }
    return asked.in(Windows.whole(endMs - options.get().window().toMillis(), endMs));
  }

  /// @throws ApiException 400
  Against against(Call call) {
    String start = emptyToNull(call.parameter("reference_start"));
    String end = emptyToNull(call.parameter("reference_end"));
    String name = emptyToNull(call.parameter("reference"));
    if (start != null || end != null) {
      if (name != null) {
        throw bad("reference", "must not stand beside reference_start and reference_end");
      }
      return new Against.Rows(
          window(call, "reference_start", "reference_end"),
          emptyToNull(call.parameter("reference_version")));
    }
    return switch (name) {
      case null -> new Against.Usual();
      case "previous" -> new Against.Previous();
      case "same_weekday" -> new Against.SameWeekday();
      default -> new Against.Named(checked(name));
    };
  }

  private Window window(Call call, String startName, String endName) {
    long endMs = ListParameters.timeMs(call, endName, clock.nowMs());
    long startMs = ListParameters.timeMs(call, startName, Long.MIN_VALUE / 4);
    if (endMs <= startMs) {
      throw bad(endName, "must be after " + startName);
    }
    return new Window(startMs, endMs, false);
  }

  /// The name of a reference.
  ///
  /// @throws ApiException 400
  static String checked(String name) {
    try {
      Reference.checkName(name);
      return name;
    } catch (IllegalArgumentException unfit) {
      throw bad("name", String.valueOf(unfit.getMessage()));
    }
  }

  /// What is configured, unless the call says otherwise.
  ///
  /// @throws ApiException 400
  DriftRules rules(Call call, String model) {
    DriftRules rules = options.get().rules(model);
    String choice = emptyToNull(call.parameter("choice"));
    if (choice != null) {
      rules = rules.with(word("choice", choice, MethodChoice.values()));
    }
    String correction = emptyToNull(call.parameter("correction"));
    if (correction != null) {
      rules = rules.with(word("correction", correction, Correction.values()));
    }
    rules =
        rules.withMinimum(QualityParameters.number(call, "min_n", rules.minimumN(), 2, 1 << 30));
    String method = emptyToNull(call.parameter("method"));
    if (method != null) {
      return rules.with(new DriftRules.Chosen(method(method), threshold(call)));
    }
    if (emptyToNull(call.parameter("threshold")) != null) {
      throw bad("threshold", "needs a method that it is of");
    }
    return rules;
  }

  private static DriftMethod method(String id) {
    try {
      return DriftRules.method(id);
    } catch (IllegalArgumentException unknown) {
      throw bad("method", String.valueOf(unknown.getMessage()));
    }
  }

  private static @Nullable Double threshold(Call call) {
    String text = emptyToNull(call.parameter("threshold"));
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below, as for a number that is out of range.
    }
    throw bad("threshold", "must be a number from 0");
  }

  private static <E extends Enum<E>> E word(String parameter, String word, E[] known) {
    for (E each : known) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    List<String> words =
        List.of(known).stream().map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    throw bad(parameter, "must be one of " + String.join(", ", words));
  }
}
