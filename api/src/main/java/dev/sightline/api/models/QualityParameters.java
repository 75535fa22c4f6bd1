package dev.sightline.api.models;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.http.Parameter.required;
import static dev.sightline.api.models.ListParameters.bad;
import static dev.sightline.api.models.ListParameters.emptyToNull;

import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.performance.MeasureRules;
import dev.sightline.quality.rows.Condition;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.SegmentReader;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.CalendarStep;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.BusinessValue;
import dev.sightline.wire.yaml.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the parameters that questions about quality share.
///
/// @param usualMinimum of labelled rows, where a question names none
record QualityParameters(Clock clock, LongSupplier usualMinimum) {
  private static final Duration USUAL_RANGE = Duration.ofDays(7);
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);
  private static final Parameter.Type STRING = Parameter.Type.STRING;

  /// What every question takes.
  static final List<Parameter> SELECTION =
      List.of(
          optional("start", STRING, "RFC 3339 or epoch milliseconds, included; 7 days before end"),
          optional("end", STRING, "RFC 3339 or epoch milliseconds, excluded; now"),
          optional("version", STRING, "Only of this version of the model"),
          optional("segment", STRING, "Only rows that have these features or tags: country=\"ES\""),
          optional(
              "time", STRING, "By which rows belong to windows: prediction (the default) or truth"),
          optional("timeout", STRING, "After which the question is given up, such as 30s"));

  static final List<Parameter> RULES =
      List.of(
          optional(
              "average", STRING, "Of classes: macro (the default), weighted, micro, binary, clara"),
          optional("min_n", Parameter.Type.INTEGER, "Fewer labelled rows are not enough"),
          optional("positive", STRING, "Class of binary measures; the last of two where absent"));

  static final List<Parameter> STEP =
      List.of(
          optional("step", STRING, "Length of windows, such as 1d; one window where absent"),
          optional("timezone", STRING, "Whose days and hours windows are, such as Europe/Madrid"));

  static final List<Parameter> CURVES =
      List.of(
          optional("class", STRING, "Against all others; the last of two where absent"),
          optional("tp", Parameter.Type.NUMBER, "What a true positive is worth; 0 where absent"),
          optional("fp", Parameter.Type.NUMBER, "What a false positive is worth"),
          optional("fn", Parameter.Type.NUMBER, "What a false negative is worth"),
          optional("tn", Parameter.Type.NUMBER, "What a true negative is worth"));

  private static final Parameter MEASURE =
      optional("measure", STRING, "By name; where absent the one that stands in front");

  static final List<Parameter> SEGMENTS =
      List.of(
          required("by", STRING, "Features or tags, separated by commas"),
          MEASURE,
          optional("limit", Parameter.Type.INTEGER, "Of segments, from 1 to 500; 50 where absent"));

  static final List<Parameter> AGAINST =
      List.of(required("against", STRING, "The version that version is compared with"));

  static final List<Parameter> CHANGE =
      List.of(
          optional("before_start", STRING, "Of the earlier window; as long before as it is long"),
          optional("before_end", STRING, "Of the earlier window, excluded; start where absent"),
          optional("by", STRING, "class (the default), or features or tags"),
          MEASURE);

  private static final int MOST_NAMES = 4;
  private static final double MOST_WORTH = 1e12;

  /// @throws ApiException 400
  Selection selection(Call call, String model) {
    Selection whole = whole(call, model);
    return whole.in(windows(call, whole.windows().startMs(), whole.windows().endMs()));
  }

  /// The same as one window, whatever the step.
  ///
  /// @throws ApiException 400
  Selection whole(Call call, String model) {
    long endMs = ListParameters.timeMs(call, "end", clock.nowMs());
    long startMs = ListParameters.timeMs(call, "start", endMs - USUAL_RANGE.toMillis());
    if (endMs < startMs) {
      throw bad("end", "must not be before start");
    }
    return new Selection(
        model,
        emptyToNull(call.parameter("version")),
        conditions(call),
        Windows.whole(startMs, endMs),
        timeOf(call));
  }

  /// The selection with an earlier window in front.
  ///
  /// @throws ApiException 400
  Selection withWindowBefore(Call call, Selection after) {
    Window window = new Window(after.windows().startMs(), after.windows().endMs(), false);
    long endMs = ListParameters.timeMs(call, "before_end", window.startMs());
    long lengthMs = window.endMs() - window.startMs();
    long startMs = ListParameters.timeMs(call, "before_start", endMs - lengthMs);
    if (endMs < startMs) {
      throw bad("before_end", "must not be before before_start");
    }
    try {
      return after.in(Windows.pair(new Window(startMs, endMs, false), window));
    } catch (IllegalArgumentException unfit) {
      throw bad("before_end", String.valueOf(unfit.getMessage()));
    }
  }

  /// @return null where none is named
  static @Nullable String measure(Call call) {
    return emptyToNull(call.parameter("measure"));
  }

  /// Names between commas; empty where there are none.
  ///
  /// @throws ApiException 400
  static List<String> names(Call call, String parameter) {
    String text = emptyToNull(call.parameter(parameter));
    List<String> names =
        text == null
            ? List.of()
            : Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
    if (names.contains("") || names.size() > MOST_NAMES) {
      throw bad(parameter, "must be from 1 to " + MOST_NAMES + " names, separated by commas");
    }
    return names;
  }

  /// @return null where nothing has a value
  /// @throws ApiException 400
  static @Nullable BusinessValue businessValue(Call call) {
    double[][] cells = {
      {worth(call, "tn"), worth(call, "fp")}, {worth(call, "fn"), worth(call, "tp")}
    };
    boolean asked =
        Stream.of("tp", "fp", "fn", "tn").anyMatch(name -> call.parameter(name) != null);
    return asked ? new BusinessValue(cells) : null;
  }

  private static double worth(Call call, String name) {
    return VariantParameters.decimal(
        call, name, 0, value -> Math.abs(value) <= MOST_WORTH, "a number from -1e12 to 1e12");
  }

  /// @throws ApiException 400
  MeasureRules rules(Call call) {
    Averaging averaging = averaging(call);
    long usual = averaging == Averaging.CLARA ? 1 : usualMinimum.getAsLong();
    long minimum = number(call, "min_n", usual, 1, 1_000_000_000);
    return new MeasureRules(
        averaging, minimum, emptyToNull(call.parameter("positive")), VariantParameters.read(call));
  }

  /// @throws ApiException 400
  Deadline deadline(Call call) {
    Duration asked = duration(call, "timeout");
    Duration allowed = asked == null ? USUAL_TIMEOUT : asked;
    return Deadline.in(allowed.compareTo(LONGEST_TIMEOUT) < 0 ? allowed : LONGEST_TIMEOUT, clock);
  }

  /// @throws ApiException 400
  static long number(Call call, String name, long otherwise, long min, long max) {
    String text = emptyToNull(call.parameter(name));
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below, as for a number that is out of range.
    }
    throw bad(name, "must be a whole number from " + min + " to " + max);
  }

  private static Windows windows(Call call, long startMs, long endMs) {
    Duration step = duration(call, "step");
    ZoneId zone = zone(call);
    if (step == null) {
      return Windows.whole(startMs, endMs);
    }
    try {
      return Windows.of(startMs, endMs, new CalendarStep(step, zone));
    } catch (IllegalArgumentException unfit) {
      throw bad("step", String.valueOf(unfit.getMessage()));
    }
  }

  private static @Nullable Duration duration(Call call, String name) {
    String text = emptyToNull(call.parameter(name));
    if (text == null) {
      return null;
    }
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException unfit) {
      throw bad(name, String.valueOf(unfit.getMessage()));
    }
  }

  private static ZoneId zone(Call call) {
    String text = emptyToNull(call.parameter("timezone"));
    try {
      return text == null ? ZoneId.of("UTC") : ZoneId.of(text);
    } catch (DateTimeException _) {
      throw bad("timezone", "must be the name of a time zone, such as Europe/Madrid");
    }
  }

  private static List<Condition> conditions(Call call) {
    String text = emptyToNull(call.parameter("segment"));
    try {
      return text == null ? List.of() : SegmentReader.read(text);
    } catch (IllegalArgumentException unfit) {
      throw bad("segment", String.valueOf(unfit.getMessage()));
    }
  }

  private static TimeOf timeOf(Call call) {
    String word = emptyToNull(call.parameter("time"));
    return switch (word) {
      case null -> TimeOf.PREDICTION;
      case "prediction" -> TimeOf.PREDICTION;
      case "truth" -> TimeOf.TRUTH;
      default -> throw bad("time", "must be prediction or truth");
    };
  }

  private static Averaging averaging(Call call) {
    String word = emptyToNull(call.parameter("average"));
    if (word == null) {
      return Averaging.MACRO;
    }
    for (Averaging averaging : Averaging.values()) {
      if (averaging.name().toLowerCase(Locale.ROOT).equals(word)) {
        return averaging;
      }
    }
    throw bad("average", "must be macro, weighted, micro, binary or clara");
  }
}
