package dev.sightline.quality.watch;

import dev.sightline.quality.integrity.Check;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which value of a model a monitor looks at.
public sealed interface Target {
  List<String> SUMMARIES = List.of("mean", "deviation", "min", "max", "sum");
  List<String> SHARES = List.of("missing", "unique_ratio");
  List<String> OF_ROWS = List.of("rows", "rows_per_hour", "freshness", "labelled_ratio");

  /// The name of what is looked at, as definitions have it.
  String measure();

  /// Empty where it is of the model as a whole.
  default String feature() {
    return "";
  }

  /// The least value that it can have.
  default double least() {
    return Double.NEGATIVE_INFINITY;
  }

  /// The largest.
  default double most() {
    return Double.POSITIVE_INFINITY;
  }

  /// Lies between 0 and 1, whatever it is of.
  sealed interface Share extends Target {
    @Override
    default double least() {
      return 0;
    }

    @Override
    default double most() {
      return 1;
    }
  }

  /// How many rows there are, or when the last came; one of [#OF_ROWS].
  record Rows(String measure) implements Target {
    @Override
    public double least() {
      return 0;
    }

    @Override
    public double most() {
      return measure.equals("labelled_ratio") ? 1 : Double.POSITIVE_INFINITY;
    }
  }

  /// A summary of the values of one feature: one of [#SUMMARIES] or [#SHARES], `unique`, or `p95`.
  record Column(String measure, String feature) implements Target {
    @Override
    public double least() {
      boolean counted =
          SHARES.contains(measure) || List.of("unique", "deviation").contains(measure);
      return counted ? 0 : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double most() {
      return SHARES.contains(measure) ? 1 : Double.POSITIVE_INFINITY;
    }
  }

  /// How far one feature is from a reference, `drift`; of all inputs where the feature is empty,
  /// the share that has drifted.
  record Drift(String feature) implements Target {
    @Override
    public String measure() {
      return "drift";
    }

    @Override
    public double least() {
      return 0;
    }

    @Override
    public double most() {
      return feature.isEmpty() ? 1 : Double.POSITIVE_INFINITY;
    }
  }

  /// A share that is looked at in data: `range`, `outliers`, `unseen`, `duplicates` and so on.
  record Quality(Check.Kind kind, String feature) implements Target {
    @Override
    public String measure() {
      return kind.word();
    }

    @Override
    public double least() {
      return 0;
    }

    @Override
    public double most() {
      boolean share =
          switch (kind) {
            case MISSING, INFINITE, CONSTANT, RANGE, OUTLIERS, ISOLATION, UNSEEN, DUPLICATES ->
                true;
            case CARDINALITY, TYPES, SCHEMA, CORRELATION, ROWS, FRESHNESS -> false;
          };
      return share ? 1 : Double.POSITIVE_INFINITY;
    }
  }

  /// How well the model did, such as `accuracy`.
  record Score(String measure) implements Target {
    private static final List<String> SHARES =
        List.of(
            "accuracy",
            "precision",
            "recall",
            "f1",
            "specificity",
            "balanced_accuracy",
            "roc_auc",
            "average_precision");

    static boolean isShare(String measure) {
      return SHARES.contains(measure);
    }

    @Override
    public double least() {
      return isShare(measure) ? 0 : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double most() {
      return isShare(measure) ? 1 : Double.POSITIVE_INFINITY;
    }
  }

  /// How well it probably did, `estimated_accuracy`; or by how much that was wrong,
  /// `estimate_error_accuracy`.
  record Estimated(String of, boolean error) implements Target {
    static final String PREFIX = "estimated_";
    static final String ERROR_PREFIX = "estimate_error_";

    @Override
    public String measure() {
      return (error ? ERROR_PREFIX : PREFIX) + of;
    }

    @Override
    public double least() {
      return Score.isShare(of) ? (error ? -1 : 0) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double most() {
      return Score.isShare(of) ? 1 : Double.POSITIVE_INFINITY;
    }
  }

  /// Each value of a feature, row by row, for detectors of streams: `values`.
  record Values(String feature) implements Target {
    @Override
    public String measure() {
      return "values";
    }
  }

  /// The share of rows whose word is not one of some: `listed`.
  record Listed(String feature) implements Share {
    @Override
    public String measure() {
      return "listed";
    }
  }

  /// How well all inputs together tell a window from the usual reference, from 0.5 to 1:
  /// `domain_auc`.
  record Together() implements Share {
    @Override
    public String measure() {
      return "domain_auc";
    }
  }

  /// How much of rows is lost when they are told by the directions of the usual reference, in its
  /// deviations: `reconstruction_error`.
  record Lost() implements Target {
    @Override
    public String measure() {
      return "reconstruction_error";
    }

    @Override
    public double least() {
      return 0;
    }
  }

  /// The verdicts of other monitors: `monitors`.
  record Others() implements Target {
    @Override
    public String measure() {
      return "monitors";
    }
  }

  Pattern QUANTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d{1,3})?)");

  /// The probability of a quantile; NaN for another measure.
  static double quantile(String measure) {
    Matcher found = QUANTILE.matcher(measure);
    return found.matches()
        ? Double.parseDouble(found.group(1)) / 100
        : measure.equals("median") ? 0.5 : Double.NaN;
  }

  /// @throws IllegalArgumentException in the user's words
  static Target of(String measure, String feature) {
    boolean ofColumn =
        SUMMARIES.contains(measure)
            || SHARES.contains(measure)
            || measure.equals("unique")
            || !Double.isNaN(quantile(measure));
    if (ofColumn) {
      return new Column(measure, needed(measure, feature));
    }
    if (measure.equals("drift")) {
      return new Drift(feature);
    }
    if (measure.equals("values")) {
      return new Values(needed(measure, feature));
    }
    if (measure.equals("listed")) {
      return new Listed(needed(measure, feature));
    }
    if (measure.equals("domain_auc")) {
      absent(measure, feature);
      return new Together();
    }
    if (measure.equals("reconstruction_error")) {
      absent(measure, feature);
      return new Lost();
    }
    if (OF_ROWS.contains(measure)) {
      return new Rows(absent(measure, feature));
    }
    return Arrays.stream(Check.Kind.values())
        .filter(kind -> kind.word().equals(measure))
        .map(kind -> (Target) new Quality(kind, feature))
        .findFirst()
        .orElseGet(() -> ofModel(absent(measure, feature)));
  }

  private static Target ofModel(String measure) {
    if (!measure.matches("[a-z][a-z0-9_@.]{0,63}")) {
      throw new IllegalArgumentException(
          "measure: must be the name of a measure of the model or of a feature, such as accuracy,"
              + " missing, mean, p95, unique, drift, rows_per_hour or freshness");
    }
    if (measure.startsWith(Estimated.ERROR_PREFIX)) {
      return new Estimated(measure.substring(Estimated.ERROR_PREFIX.length()), true);
    }
    return measure.startsWith(Estimated.PREFIX)
        ? new Estimated(measure.substring(Estimated.PREFIX.length()), false)
        : new Score(measure);
  }

  private static String needed(String measure, String feature) {
    if (feature.isEmpty()) {
      throw new IllegalArgumentException("feature: " + measure + " is of a feature; name it");
    }
    return feature;
  }

  private static String absent(String measure, String feature) {
    if (!feature.isEmpty()) {
      throw new IllegalArgumentException(
          "feature: " + measure + " is of the model as a whole, not of a feature");
    }
    return measure;
  }
}
