package dev.sightline.wire.exposition;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.ValueText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One line of exposition text that holds a sample, as offsets into the text: names and values
/// become strings only when they are asked for.
///
/// Owned by its [ExpositionCursor], valid until the next step of it.
public final class SeriesLine {
  /// The start and the end of the name and of the value of each label.
  private static final int OFFSETS_PER_LABEL = 4;

  private final TextScanner scanner;
  private final boolean open;
  private int start;
  private int seriesEnd;
  private int nameStart;
  private int nameEnd;
  private int[] offsets = new int[16 * OFFSETS_PER_LABEL];
  private int labelCount;
  private boolean trailingComma;
  private double value;
  private boolean timed;
  private double timestamp;
  private @Nullable Exemplar exemplar;
  private FamilyType familyType = FamilyType.UNKNOWN;

  SeriesLine(TextScanner scanner, ExpositionFormat format) {
    this.scanner = scanner;
    this.open = format == ExpositionFormat.OPEN_METRICS;
  }

  /// Where the series stands in the bytes, name and labels as they were written: two lines with the
  /// same bytes there mean the same series.
  public int seriesStart() {
    return start;
  }

  /// The end of [#seriesStart]'s bytes, exclusive.
  public int seriesEnd() {
    return seriesEnd;
  }

  public String metricName() {
    return unescaped(nameStart, nameEnd);
  }

  /// The series with `__name__`. A histogram's `le` and a summary's `quantile` are in their
  /// canonical form, `1.0` for `1`.
  ///
  /// @throws ExpositionException if a label comes twice
  public Labels labels() {
    return labels(true);
  }

  /// As [#labels], with `le` and `quantile` as they stand in the text.
  Labels writtenLabels() {
    return labels(false);
  }

  private Labels labels(boolean canonical) {
    Label[] labels = new Label[labelCount + 1];
    labels[0] = new Label(Label.METRIC_NAME, metricName());
    for (int i = 0; i < labelCount; i++) {
      String name = labelName(i);
      labels[i + 1] = new Label(name, canonical ? canonical(name, labelValue(i)) : labelValue(i));
    }
    try {
      return Labels.of(Arrays.asList(labels));
    } catch (IllegalArgumentException twice) {
      throw scanner.wrongAt(start, String.valueOf(twice.getMessage()));
    }
  }

  public double value() {
    return value;
  }

  /// Whether the line says itself when the sample was taken.
  public boolean hasTimestamp() {
    return timed;
  }

  /// Unix milliseconds; only where [#hasTimestamp].
  public long timestampMs() {
    return (long) (open ? timestamp * 1000 : timestamp);
  }

  public @Nullable Exemplar exemplar() {
    return exemplar;
  }

  /// As written: milliseconds in text, seconds with fractions in OpenMetrics.
  double timestamp() {
    return timestamp;
  }

  boolean hasTrailingComma() {
    return trailingComma;
  }

  /// @param familyType of the last `TYPE` line
  void read(FamilyType familyType) {
    this.familyType = familyType;
    start = scanner.at();
    nameStart = -1;
    labelCount = 0;
    trailingComma = false;
    exemplar = null;
    if (scanner.takeName(true)) {
      nameStart = start;
      nameEnd = scanner.at();
    } else if (scanner.peek() != '{') {
      throw scanner.wrong("expected a metric name, found " + scanner.found());
    }
    seriesEnd = scanner.at();
    gap();
    if (scanner.take('{')) {
      readLabels(false);
      seriesEnd = scanner.at();
    }
    if (nameStart < 0) {
      throw scanner.wrongAt(start, "the braces hold no metric name");
    }
    value = readNumber("value");
    readTimestamp();
    if (open && scanner.take(" # {")) {
      readExemplar();
    }
    if (!scanner.atLineEnd()) {
      throw scanner.wrong("expected the end of the line, found " + scanner.found());
    }
    scanner.skipLine();
  }

  /// Blanks are free between the parts of a line of text, and fixed in OpenMetrics.
  private void gap() {
    if (!open) {
      scanner.skipBlanks();
    }
  }

  private void readLabels(boolean ofExemplar) {
    while (true) {
      gap();
      if (scanner.take('}')) {
        return;
      }
      trailingComma = false;
      int from = scanner.at();
      boolean quoted = scanner.peek() == '"';
      if (quoted) {
        scanner.takeQuoted("name", !open);
      } else if (!scanner.takeName(false)) {
        throw scanner.wrong("expected a label name, found " + scanner.found());
      }
      int to = scanner.at();
      gap();
      if (quoted && !ofExemplar && (scanner.peek() == ',' || scanner.peek() == '}')) {
        setQuotedMetricName(from + 1, to - 1);
        trailingComma = scanner.take(',');
      } else {
        readLabelValue(quoted ? from + 1 : from, quoted ? to - 1 : to);
      }
    }
  }

  private void setQuotedMetricName(int from, int to) {
    if (nameStart >= 0) {
      throw scanner.wrongAt(from - 1, "the metric already has its name");
    }
    if (from == to) {
      throw scanner.wrongAt(from - 1, "the metric name is empty");
    }
    nameStart = from;
    nameEnd = to;
  }

  private void readLabelValue(int nameFrom, int nameTo) {
    if (!scanner.take('=')) {
      throw scanner.wrong("expected \"=\" after the label name, found " + scanner.found());
    }
    gap();
    int valueFrom = scanner.at() + 1;
    scanner.takeQuoted("label value", !open);
    addLabel(nameFrom, nameTo, valueFrom, scanner.at() - 1);
    gap();
    trailingComma = scanner.take(',');
    if (open && !trailingComma && scanner.peek() != '}') {
      throw scanner.wrong("expected \",\" or \"}\", found " + scanner.found());
    }
  }

  private void addLabel(int nameFrom, int nameTo, int valueFrom, int valueTo) {
    int next = labelCount * OFFSETS_PER_LABEL;
    if (next == offsets.length) {
      offsets = Arrays.copyOf(offsets, next * 2);
    }
    offsets[next] = nameFrom;
    offsets[next + 1] = nameTo;
    offsets[next + 2] = valueFrom;
    offsets[next + 3] = valueTo;
    labelCount++;
  }

  private double readNumber(String what) {
    if (open) {
      requireSpace(what);
    } else {
      scanner.skipBlanks();
    }
    int from = scanner.at();
    scanner.takeUntil(' ', open ? ' ' : '\t');
    if (from == scanner.at()) {
      throw scanner.wrong("expected a " + what + ", found " + scanner.found());
    }
    if (scanner.bytes()[scanner.at() - 1] == '\r') {
      throw scanner.wrongAt(
          scanner.at() - 1, "expected the end of the line, found " + TextScanner.CARRIAGE_RETURN);
    }
    try {
      return FloatText.parse(scanner.bytes(), from, scanner.at());
    } catch (NumberFormatException bad) {
      throw scanner.wrongAt(from, what + " " + bad.getMessage());
    }
  }

  private void requireSpace(String what) {
    if (!scanner.take(' ')) {
      throw scanner.wrong("expected a space and a " + what + ", found " + scanner.found());
    }
  }

  private void readTimestamp() {
    gap();
    timed = open ? scanner.peek() == ' ' && !scanner.startsWith(" #") : !scanner.atLineEnd();
    if (!timed) {
      return;
    }
    int from = scanner.at();
    timestamp = open ? readNumber("timestamp") : readMilliseconds();
    if (Double.isNaN(timestamp) || Double.isInfinite(timestamp)) {
      throw scanner.wrongAt(from + 1, "a timestamp must be a finite number");
    }
    gap();
  }

  /// Digits only, as Prometheus reads them: neither a sign nor a fraction.
  private double readMilliseconds() {
    int from = scanner.at();
    scanner.takeUntil(' ', '\t');
    String digits = scanner.text(from, scanner.at());
    try {
      if (!digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Long.parseLong(digits);
      }
    } catch (NumberFormatException _) {
      // Too many digits: told below like every other text that is no timestamp.
    }
    throw scanner.wrongAt(
        from, "expected a timestamp in whole milliseconds, found \"" + shortened(digits) + '"');
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /// The labels of an exemplar use the same places as the line's, behind them.
  private void readExemplar() {
    int lineLabels = labelCount;
    boolean lineComma = trailingComma;
    readLabels(true);
    int exemplarLabels = labelCount;
    Label[] labels = new Label[exemplarLabels - lineLabels];
    for (int i = lineLabels; i < exemplarLabels; i++) {
      labels[i - lineLabels] = new Label(labelName(i), labelValue(i));
    }
    labelCount = lineLabels;
    trailingComma |= lineComma;
    double exemplarValue = readNumber("exemplar value");
    Double timestampSeconds = null;
    if (scanner.peek() == ' ') {
      int from = scanner.at();
      timestampSeconds = readNumber("exemplar timestamp");
      if (timestampSeconds.isNaN() || timestampSeconds.isInfinite()) {
        throw scanner.wrongAt(from + 1, "a timestamp must be a finite number");
      }
    }
    try {
      exemplar = new Exemplar(Labels.of(Arrays.asList(labels)), exemplarValue, timestampSeconds);
    } catch (IllegalArgumentException twice) {
      throw scanner.wrong("exemplar: " + twice.getMessage());
    }
  }

  private String labelName(int index) {
    int at = index * OFFSETS_PER_LABEL;
    return unescaped(offsets[at], offsets[at + 1]);
  }

  private String labelValue(int index) {
    int at = index * OFFSETS_PER_LABEL;
    return unescaped(offsets[at + 2], offsets[at + 3]);
  }

  private String unescaped(int from, int to) {
    return Escapes.decode(scanner.text(from, to), true);
  }

  private String canonical(String labelName, String labelValue) {
    boolean bound =
        (familyType == FamilyType.HISTOGRAM && labelName.equals("le"))
            || (familyType == FamilyType.SUMMARY && labelName.equals("quantile"));
    if (!bound) {
      return labelValue;
    }
    byte[] digits = labelValue.getBytes(StandardCharsets.UTF_8);
    try {
      return ValueText.withFraction(FloatText.parse(digits, 0, digits.length));
    } catch (NumberFormatException _) {
      return labelValue;
    }
  }
}
