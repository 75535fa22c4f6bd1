package dev.sightline.logql.ast;

import dev.sightline.model.label.Matcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a log pipeline, as written: data only. `Pipeline` says what each kind does.
public sealed interface Stage {
  /// `|= "text" or "other"`
  ///
  /// @param terms at least one: for `|=` and `|~` any of them must match, for `!=` and `!~` none
  record LineFilter(LineOperator operator, List<LineTerm> terms) implements Stage {
    public LineFilter {
      terms = List.copyOf(terms);
    }
  }

  /// `json`, or `json a="x.y[0]"`
  ///
  /// @param extractions empty for everything
  record Json(List<Extraction> extractions) implements Stage {
    public Json {
      extractions = List.copyOf(extractions);
    }
  }

  /// `logfmt`, or `logfmt a="key"`
  ///
  /// @param strict whether a malformed line is an error
  /// @param keepEmpty whether keys without a value are kept
  /// @param extractions empty for everything
  record Logfmt(boolean strict, boolean keepEmpty, List<Extraction> extractions) implements Stage {
    public Logfmt {
      extractions = List.copyOf(extractions);
    }
  }

  /// `regexp "(?P<name>…)"`
  record Regexp(String regex) implements Stage {}

  /// `pattern "<ip> - <_>"`
  record Pattern(String pattern) implements Stage {}

  /// `unpack`: the labels and the line that Promtail packed.
  record Unpack() implements Stage {}

  /// `line_format "{{.msg}}"`
  record LineFormat(String template) implements Stage {}

  /// `label_format a=b, c="{{.d}}"`
  record LabelFormat(List<Assignment> assignments) implements Stage {
    public LabelFormat {
      assignments = List.copyOf(assignments);
    }
  }

  /// `decolorize`: takes the colours of terminals out of the line.
  record Decolorize() implements Stage {}

  /// `drop a, b="x"`
  record Drop(List<LabelPick> picks) implements Stage {
    public Drop {
      picks = List.copyOf(picks);
    }
  }

  /// `keep a, b="x"`
  record Keep(List<LabelPick> picks) implements Stage {
    public Keep {
      picks = List.copyOf(picks);
    }
  }

  /// `| status >= 500 and method="GET"`
  record Filter(Condition condition) implements Stage {}

  /// @param ip whether the text describes addresses: one, a range, or a CIDR
  record LineTerm(String text, boolean ip) {}

  /// @param label that gets the value
  /// @param expression where the value stands
  record Extraction(String label, String expression) {}

  /// Gives a label another value.
  sealed interface Assignment {
    String target();

    /// `target=source`: a new name for a label.
    record Rename(String target, String source) implements Assignment {}

    /// `target="template"`
    record Template(String target, String template) implements Assignment {}
  }

  /// A label, or a label with a certain value.
  ///
  /// @param matcher null where any value is meant
  record LabelPick(String label, @Nullable Matcher matcher) {}

  /// How a line filter compares.
  enum LineOperator {
    CONTAINS("|=", true),
    LACKS("!=", false),
    MATCHES("|~", true),
    DIFFERS("!~", false),
    FITS_PATTERN("|>", true),
    MISSES_PATTERN("!>", false);

    private final String sign;
    private final boolean positive;

    LineOperator(String sign, boolean positive) {
      this.sign = sign;
      this.positive = positive;
    }

    public String sign() {
      return sign;
    }

    /// Whether lines are kept that have what is described.
    public boolean isPositive() {
      return positive;
    }
  }
}
