package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `| unwrap label`: the number that a line stands for.
public final class Unwrapping {
  private static final String ERROR_KIND = "SampleExtractionErr";

  private final String label;
  private final Conditions.Reading reading;
  private final double unit;
  private final List<Step> filters;

  public Unwrapping(Expr.Unwrap unwrap) {
    this.label = unwrap.label();
    this.reading =
        switch (unwrap.conversion()) {
          case NUMBER -> Conditions::number;
          case DURATION, DURATION_SECONDS -> Conditions::durationNs;
          case BYTES -> Conditions::sizeBytes;
        };
    this.unit =
        switch (unwrap.conversion()) {
          case NUMBER, BYTES -> 1;
          case DURATION, DURATION_SECONDS -> 1e9;
        };
    this.filters = unwrap.filters().stream().map(Conditions::step).toList();
  }

  /// @return null if the line has no such label, or falls away
  public @Nullable Double valueOf(Line line) {
    String text = line.labels().get(label);
    if (text.isEmpty()) {
      return null;
    }
    double value = reading.read(text);
    if (Double.isNaN(value) && !text.equalsIgnoreCase("nan")) {
      line.labels().fail(ERROR_KIND, "cannot read " + label + "=\"" + text + "\" as a number");
      value = 0;
    }
    for (Step filter : filters) {
      if (!filter.apply(line)) {
        return null;
      }
    }
    return value / unit;
  }
}
