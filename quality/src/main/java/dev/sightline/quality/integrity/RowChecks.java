package dev.sightline.quality.integrity;

import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.Correlations;
import dev.sightline.quality.inputs.OddRows;
import dev.sightline.quality.integrity.Check.Kind;
import dev.sightline.quality.integrity.Check.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Looks at rows as a whole: their inputs, types, repetitions, and how inputs move together.
final class RowChecks {
  private static final double MORE_DUPLICATES = 0.1;
  private static final double MORE_CORRELATION = 0.25;
  private static final double MORE_ODD = 0.02;
  private static final double ERRORS = 3;
  private static final double FEWER_ROWS = 0.5;
  private static final double MORE_ROWS = 2;
  private static final double HOUR_MS = 3_600_000;
  private static final long MOST_COUNTED = 1_000_000;

  private RowChecks() {}

  static List<Check> of(Baseline reference, Baseline current) {
    List<Check> checks = new ArrayList<>();
    checks.addAll(schema(reference, current));
    checks.addAll(types(reference, current));
    checks.add(duplicates(reference, current));
    OddRows odd = OddRows.of(reference.sample(), current.sample());
    if (odd != null) {
      checks.add(odd(odd));
    }
    correlation(reference.correlations(), current.correlations(), checks);
    rows(reference, current, checks);
    return checks;
  }

  static Check freshness(long nowMs, long lastMs) {
    double seconds = Math.max(0, nowMs - lastMs) / 1_000.0;
    return new Check("", Kind.FRESHNESS, State.OK, seconds, null, null, "");
  }

  private static List<Check> schema(Baseline reference, Baseline current) {
    List<Check> checks = new ArrayList<>();
    for (String name : current.types().keySet()) {
      if (!reference.types().containsKey(name)) {
        checks.add(schema(name, "the reference has no " + name));
      }
    }
    for (String name : reference.types().keySet()) {
      if (!current.types().containsKey(name)) {
        checks.add(schema(name, name + " is no longer sent"));
      }
    }
    return checks;
  }

  private static Check schema(String name, String text) {
    return new Check(name, Kind.SCHEMA, State.BROKEN, 1, null, 0.0, text);
  }

  private static List<Check> types(Baseline reference, Baseline current) {
    List<Check> checks = new ArrayList<>();
    current
        .types()
        .forEach(
            (name, types) -> {
              Set<String> before = reference.types().get(name);
              if (before != null) {
                Set<String> fresh = new TreeSet<>(types);
                fresh.removeAll(before);
                fresh.remove("null"); // which is what the share of missing values is about
                if (!fresh.isEmpty()) {
                  checks.add(
                      new Check(
                          name,
                          Kind.TYPES,
                          State.BROKEN,
                          fresh.size(),
                          0.0,
                          0.0,
                          name + " is now also of type " + String.join(", ", fresh)));
                }
              }
            });
    return checks;
  }

  private static Check duplicates(Baseline reference, Baseline current) {
    double was =
        FeatureChecks.share(reference.duplicates(), Math.min(MOST_COUNTED, reference.rows()));
    double is = FeatureChecks.share(current.duplicates(), Math.min(MOST_COUNTED, current.rows()));
    // In more rows more are alike: only a jump from hardly any is worth a look.
    boolean many = was < MORE_DUPLICATES && is > was + MORE_DUPLICATES;
    return new Check(
        "",
        Kind.DUPLICATES,
        many ? State.WATCH : State.OK,
        is,
        was + MORE_DUPLICATES,
        was,
        many ? FeatureChecks.percent(is) + " of the rows repeat another" : "");
  }

  private static Check odd(OddRows odd) {
    double was = odd.before();
    double error = Math.sqrt(was * (1 - was) / odd.n());
    double limit = was + ERRORS * error + MORE_ODD;
    boolean many = odd.now() > limit;
    return new Check(
        "",
        Kind.ISOLATION,
        many ? State.WATCH : State.OK,
        odd.now(),
        limit,
        was,
        many ? FeatureChecks.percent(odd.now()) + " of the rows are odd as a whole" : "");
  }

  /// Only the pair that changed most.
  private static void correlation(Correlations before, Correlations now, List<Check> into) {
    double largest = -1;
    Check found = null;
    for (int second = 1; second < now.names().size(); second++) {
      for (int first = 0; first < second; first++) {
        String one = now.names().get(first);
        String other = now.names().get(second);
        double was = before.of(one, other);
        double is = now.of(one, other);
        double change = Math.abs(is - was);
        if (change > largest) {
          largest = change;
          found = correlation(one + ", " + other, was, is);
        }
      }
    }
    if (found != null) {
      into.add(found);
    }
  }

  private static Check correlation(String pair, double was, double is) {
    boolean much = Math.abs(is - was) > MORE_CORRELATION;
    String text =
        String.format(Locale.ROOT, "the correlation of %s went from %.2f to %.2f", pair, was, is);
    return new Check(
        pair,
        Kind.CORRELATION,
        much ? State.WATCH : State.OK,
        is,
        MORE_CORRELATION,
        was,
        much ? text : "");
  }

  private static void rows(Baseline reference, Baseline current, List<Check> into) {
    if (reference.isFromFile() || current.isFromFile()) {
      return;
    }
    double was = perHour(reference);
    double is = perHour(current);
    boolean off = is < FEWER_ROWS * was || is > MORE_ROWS * was;
    String text = String.format(Locale.ROOT, "%.0f rows an hour, and %.0f before", is, was);
    into.add(
        new Check("", Kind.ROWS, off ? State.WATCH : State.OK, is, null, was, off ? text : ""));
  }

  private static double perHour(Baseline baseline) {
    return baseline.rows() / (Math.max(1, baseline.endMs() - baseline.startMs()) / HOUR_MS);
  }
}
