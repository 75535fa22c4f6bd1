package dev.sightline.api.models;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.models.ListParameters.bad;
import static dev.sightline.api.models.ListParameters.emptyToNull;

import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.quality.performance.MeasureVariants;
import dev.sightline.stats.measure.ZeroDivision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/// Reads what measures depend on beside rows.
final class VariantParameters {
  private static final int MOST_PLACES = 10;
  private static final long LARGEST_PLACE = 1_000;
  private static final long MOST_BINS = 50;
  private static final Parameter.Type NUMBER = Parameter.Type.NUMBER;

  static final Parameter BINS =
      optional("bins", Parameter.Type.INTEGER, "Of calibration, from 2 to 50; 10 where absent");

  static final List<Parameter> ALL =
      List.of(
          optional(
              "beta",
              NUMBER,
              "Of F-beta, from 0.01 to 100: above 1 recall counts more; 2 where absent"),
          optional(
              "zero_division",
              Parameter.Type.STRING,
              "What a share of nothing is worth: undefined (the default), 0 or 1"),
          optional(
              "threshold",
              NUMBER,
              "Counts are of what it decides on the positive class's probability, 0 to 1"),
          optional(
              "k",
              Parameter.Type.STRING,
              "Places of top-k accuracy and of rankings: up to 10 from 1 to 1000, as 1,5,10"),
          optional(
              "quantile", NUMBER, "Of the pinball loss, from 0.001 to 0.999; 0.5 where absent"),
          optional(
              "tweedie_power",
              NUMBER,
              "Of the Tweedie deviance, from -10 to 0 or from 1 to 10; 1.5 where absent"),
          BINS);

  private VariantParameters() {}

  /// @throws ApiException 400
  static MeasureVariants read(Call call) {
    return new MeasureVariants(
        decimal(
            call,
            "beta",
            MeasureVariants.USUAL_BETA,
            value -> value >= 0.01 && value <= 100,
            "a number from 0.01 to 100"),
        zeroDivision(call),
        decimal(
            call,
            "quantile",
            MeasureVariants.USUAL.quantile(),
            value -> value >= 0.001 && value <= 0.999,
            "a number from 0.001 to 0.999"),
        decimal(
            call,
            "tweedie_power",
            MeasureVariants.USUAL.tweediePower(),
            value -> Math.abs(value) <= 10 && (value <= 0 || value >= 1),
            "a number from -10 to 0 or from 1 to 10: no distribution has a power between"),
        places(call),
        bins(call),
        threshold(call));
  }

  /// @throws ApiException 400
  static int bins(Call call) {
    return (int) QualityParameters.number(call, "bins", MeasureVariants.USUAL.bins(), 2, MOST_BINS);
  }

  private static @Nullable Double threshold(Call call) {
    return emptyToNull(call.parameter("threshold")) == null
        ? null
        : (Double)
            decimal(
                call, "threshold", 0, value -> value >= 0 && value <= 1, "a number from 0 to 1");
  }

  private static ZeroDivision zeroDivision(Call call) {
    String word = emptyToNull(call.parameter("zero_division"));
    return switch (word) {
      case null -> ZeroDivision.UNDEFINED;
      case "undefined" -> ZeroDivision.UNDEFINED;
      case "0" -> ZeroDivision.ZERO;
      case "1" -> ZeroDivision.ONE;
      default -> throw bad("zero_division", "must be undefined, 0 or 1");
    };
  }

  private static List<Integer> places(Call call) {
    String text = emptyToNull(call.parameter("k"));
    List<Integer> places = new ArrayList<>();
    for (String word : text == null ? new String[0] : text.split(",", -1)) {
      try {
        int k = Integer.parseInt(word.strip());
        if (k >= 1 && k <= LARGEST_PLACE) {
          places.add(k);
          continue;
        }
      } catch (NumberFormatException _) {
        // Said below, as for a number that is out of range.
      }
      throw badPlaces();
    }
    List<Integer> distinct = places.stream().distinct().sorted().toList();
    if (distinct.size() > MOST_PLACES) {
      throw badPlaces();
    }
    return distinct;
  }

  private static ApiException badPlaces() {
    return bad(
        "k",
        "must be up to "
            + MOST_PLACES
            + " whole numbers from 1 to "
            + LARGEST_PLACE
            + ", separated by commas");
  }

  /// @param fits false for NaN, as every comparison with it is
  /// @throws ApiException 400
  static double decimal(
      Call call, String name, double otherwise, DoublePredicate fits, String expected) {
    String text = emptyToNull(call.parameter(name));
    try {
      double value = text == null ? otherwise : Double.parseDouble(text);
      if (fits.test(value)) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below, as for a number that is out of range.
    }
    throw bad(name, "must be " + expected);
  }
}
