package dev.sightline.quality.integrity;

import dev.sightline.quality.baseline.Aspect;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.quality.integrity.Check.Kind;
import dev.sightline.quality.integrity.Check.State;
import dev.sightline.quality.integrity.IntegrityRules.Constraint;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks at the values of features, one after the other.
final class FeatureChecks {
  /*
   * A limit that nobody set comes from the reference: its own share, plus three standard errors of the
   * current window, plus a tolerance. So a feature that was always missing in a tenth of the rows may
   * be so again, and small windows raise no alarm.
   */
  private static final double MORE_MISSING = 0.02;
  private static final double OUTSIDE = 0.01;
  private static final double MORE_OUTLIERS = 0.02;
  private static final double INFINITE = 0;
  private static final double ERRORS = 3;
  private static final double MORE_WORDS = 2;
  private static final int SHOWN_WORDS = 5;
  private static final int FEWEST_MORE_WORDS = 10;

  /// Distances between quartiles beyond which a value is far out: J. Tukey, "Exploratory data
  /// analysis" (1977).
  private static final double FAR_OUT = 3;

  private final Baseline reference;
  private final Baseline current;

  FeatureChecks(Baseline reference, Baseline current) {
    this.reference = reference;
    this.current = current;
  }

  List<Check> of(Baseline.Feature feature, Constraint constraint) {
    Baseline.Feature now = current.features().get(feature.name());
    List<Check> checks = new ArrayList<>();
    if (now == null || isDerived(feature) || isLate(feature)) {
      return checks;
    }
    String name = feature.name();
    checks.add(missing(name, feature.column(), now.column(), constraint));
    if (now.column().n() == 0 || feature.column().n() == 0) {
      return checks;
    }
    if (feature.column() instanceof FeatureColumn.Words before
        && now.column() instanceof FeatureColumn.Words after) {
      checks.add(constant(name, before.counts().size(), after.counts().size(), after.n()));
      checks.add(unseen(name, before, after, constraint));
      checks.add(cardinality(name, before, after));
    } else if (feature.column() instanceof FeatureColumn.Numbers
        || feature.column() instanceof FeatureColumn.Sketched) {
      checks.addAll(new NumberChecks(name, feature.column(), now.column()).all(constraint));
    }
    return checks;
  }

  /// Properties of texts are drift's business.
  private boolean isDerived(Baseline.Feature feature) {
    return !feature.name().equals(feature.source());
  }

  /// Truths come late: a window that ends now always lacks some.
  private static boolean isLate(Baseline.Feature feature) {
    return feature.aspect() == Aspect.TRUTH || feature.aspect() == Aspect.ERROR;
  }

  private Check missing(
      String name, FeatureColumn before, FeatureColumn now, Constraint constraint) {
    double was = share(before.missing(), reference.rows());
    double is = share(now.missing(), current.rows());
    double limit =
        constraint.maxMissing() == null ? tolerated(was, MORE_MISSING) : constraint.maxMissing();
    boolean broken = is > limit;
    return new Check(
        name,
        Kind.MISSING,
        broken ? State.BROKEN : State.OK,
        is,
        limit,
        was,
        broken ? percent(is) + " of the rows have no " + name + ", at most " + percent(limit) : "");
  }

  /// A share that chance and a tolerance make of another.
  private double tolerated(double share, double tolerance) {
    double error = Math.sqrt(share * (1 - share) / current.rows());
    return Math.min(1, share + ERRORS * error + tolerance);
  }

  static Check constant(String name, long before, long now, long n) {
    boolean broken = before > 1 && now == 1 && n > 1;
    return new Check(
        name,
        Kind.CONSTANT,
        broken ? State.BROKEN : State.OK,
        now == 1 ? 1 : 0,
        null,
        before == 1 ? 1.0 : 0.0,
        broken ? "every row has the same " + name : "");
  }

  private Check unseen(
      String name, FeatureColumn.Words before, FeatureColumn.Words now, Constraint constraint) {
    Set<String> allowed =
        constraint.allowed() == null ? before.counts().keySet() : constraint.allowed();
    List<Map.Entry<String, Long>> unseen =
        now.counts().entrySet().stream()
            .filter(entry -> !allowed.contains(entry.getKey()))
            .filter(entry -> !entry.getKey().equals(FeatureColumn.OTHER))
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .toList();
    long rows = unseen.stream().mapToLong(Map.Entry::getValue).sum();
    double share = share(rows, now.n());
    double limit = outside(constraint);
    String words =
        unseen.stream()
            .limit(SHOWN_WORDS)
            .map(entry -> "\"" + entry.getKey() + "\"")
            .collect(Collectors.joining(", "));
    boolean broken = share > limit;
    return new Check(
        name,
        Kind.UNSEEN,
        broken ? State.BROKEN : unseen.isEmpty() ? State.OK : State.WATCH,
        share,
        limit,
        null,
        unseen.isEmpty() ? "" : percent(share) + " of the rows have words that are new: " + words);
  }

  private static Check cardinality(
      String name, FeatureColumn.Words before, FeatureColumn.Words now) {
    int was = before.counts().size();
    int is = now.counts().size();
    boolean many = is > MORE_WORDS * was && is - was >= FEWEST_MORE_WORDS;
    return new Check(
        name,
        Kind.CARDINALITY,
        many ? State.WATCH : State.OK,
        is,
        MORE_WORDS * was,
        (double) was,
        many ? name + " has " + is + " different words, and had " + was : "");
  }

  private static double outside(Constraint constraint) {
    return constraint.maxOutside() == null ? OUTSIDE : constraint.maxOutside();
  }

  static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /// What is looked at in numbers.
  private final class NumberChecks {
    private final String name;
    private final Numbers before;
    private final Numbers now;

    NumberChecks(String name, FeatureColumn before, FeatureColumn now) {
      this.name = name;
      this.before = Numbers.of(before);
      this.now = Numbers.of(now);
    }

    List<Check> all(Constraint constraint) {
      return List.of(infinite(), constantNumbers(), range(constraint), outliers());
    }

    private Check constantNumbers() {
      long was = before.min() == before.max() ? 1 : 2;
      long is = now.min() == now.max() ? 1 : 2;
      return constant(name, was, is, now.n());
    }

    private Check infinite() {
      double share = share(now.infinite(), now.n() + now.infinite());
      double was = share(before.infinite(), before.n() + before.infinite());
      double limit = was == 0 ? INFINITE : tolerated(was, MORE_MISSING);
      boolean broken = share > limit;
      return new Check(
          name,
          Kind.INFINITE,
          broken ? State.BROKEN : State.OK,
          share,
          limit,
          was,
          broken ? percent(share) + " of " + name + " are infinite" : "");
    }

    private Check range(Constraint constraint) {
      double min = constraint.min() == null ? before.min() : constraint.min();
      double max = constraint.max() == null ? before.max() : constraint.max();
      double share = now.outside(min, max);
      double limit = outside(constraint);
      boolean broken = share > limit;
      return new Check(
          name,
          Kind.RANGE,
          broken ? State.BROKEN : State.OK,
          share,
          limit,
          null,
          broken ? percent(share) + " of " + name + " are not from " + min + " to " + max : "");
    }

    private Check outliers() {
      double lower = before.quantile(0.25);
      double upper = before.quantile(0.75);
      double reach = FAR_OUT * (upper - lower);
      if (reach == 0) {
        return new Check(name, Kind.OUTLIERS, State.OK, 0, null, null, "");
      }
      double was = before.outside(lower - reach, upper + reach);
      double is = now.outside(lower - reach, upper + reach);
      double limit = tolerated(was, MORE_OUTLIERS);
      boolean many = is > limit;
      return new Check(
          name,
          Kind.OUTLIERS,
          many ? State.WATCH : State.OK,
          is,
          limit,
          was,
          many ? percent(is) + " of " + name + " are far from what is usual" : "");
    }
  }

  /// All numbers of a window, or a sketch of them.
  private interface Numbers {
    long n();

    long infinite();

    double min();

    double max();

    double quantile(double probability);

    /// The share of values below `low` or above `high`.
    double outside(double low, double high);

    static Numbers of(FeatureColumn column) {
      return switch (column) {
        case FeatureColumn.Numbers(SortedColumn values, long _) -> new Rows(values);
        case FeatureColumn.Sketched sketched -> new SketchedNumbers(sketched.copy());
        case FeatureColumn.Words _, FeatureColumn.Sentences _, FeatureColumn.Vectors _ ->
            throw new IllegalArgumentException("BUG: no numbers");
      };
    }
  }

  private record Rows(SortedColumn values) implements Numbers {
    @Override
    public long n() {
      return values.n();
    }

    @Override
    public long infinite() {
      return values.infinite();
    }

    @Override
    public double min() {
      return values.min();
    }

    @Override
    public double max() {
      return values.max();
    }

    @Override
    public double quantile(double probability) {
      return values.quantile(probability);
    }

    @Override
    public double outside(double low, double high) {
      long inside = (long) values.countUpTo(high) - values.countBelow(low);
      return share(values.n() - inside, values.n());
    }
  }

  private record SketchedNumbers(NumberSketch sketch) implements Numbers {
    @Override
    public long n() {
      return sketch.n();
    }

    @Override
    public long infinite() {
      return sketch.infinite();
    }

    @Override
    public double min() {
      return sketch.min();
    }

    @Override
    public double max() {
      return sketch.max();
    }

    @Override
    public double quantile(double probability) {
      return sketch.quantile(probability);
    }

    @Override
    public double outside(double low, double high) {
      double[] shares = sketch.sharesUpTo(new double[] {Math.nextDown(low), high});
      return Math.max(0, 1 - (shares[1] - shares[0]));
    }
  }
}
