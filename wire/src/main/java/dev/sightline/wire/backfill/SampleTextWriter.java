package dev.sightline.wire.backfill;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.Staleness;
import dev.sightline.model.series.ValueText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.core.io.JsonStringEncoder;

/// Writes samples in a form that [SampleText] reads back, series after series.
///
/// Staleness markers are left out: no text format has them.
public abstract sealed class SampleTextWriter {
  final Writer out;

  private SampleTextWriter(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
  }

  /// @param all the labels of every series that will come
  public static SampleTextWriter of(SampleText format, List<Labels> all, OutputStream out)
      throws IOException {
    return switch (format) {
      case OPEN_METRICS -> new OpenMetrics(out);
      case CSV -> new Csv(all, out);
      case JSON_LINES -> new Json(out);
    };
  }

  public abstract void series(Labels labels, SampleColumns samples) throws IOException;

  public void finish() throws IOException {
    out.flush();
  }

  static boolean isShown(SampleColumns samples, int index) {
    return !Staleness.isMarker(samples.value(index));
  }

  private static final class OpenMetrics extends SampleTextWriter {
    OpenMetrics(OutputStream out) {
      super(out);
    }

    @Override
    public void series(Labels labels, SampleColumns samples) throws IOException {
      String series = labels(labels);
      for (int i = 0; i < samples.size(); i++) {
        if (isShown(samples, i)) {
          out.write(series);
          out.write(ValueText.of(samples.value(i)));
          out.write(' ');
          out.write(seconds(samples.timestampMs(i)));
          out.write('\n');
        }
      }
    }

    /// Names in quotes where the format demands it.
    private static String labels(Labels labels) {
      List<String> parts = new ArrayList<>();
      String name = labels.get(Label.METRIC_NAME);
      boolean plain = name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*");
      if (!plain) {
        parts.add(quoted(name));
      }
      for (int i = 0; i < labels.size(); i++) {
        String label = labels.name(i);
        if (!label.equals(Label.METRIC_NAME)) {
          String shown = label.matches("[a-zA-Z_][a-zA-Z0-9_]*") ? label : quoted(label);
          parts.add(shown + '=' + quoted(labels.value(i)));
        }
      }
      String braces = parts.isEmpty() ? "" : '{' + String.join(",", parts) + '}';
      return (plain ? name : "") + braces + ' ';
    }

    private static String quoted(String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String seconds(long timestampMs) {
      return BigDecimal.valueOf(timestampMs, 3).toPlainString();
    }

    @Override
    public void finish() throws IOException {
      out.write("# EOF\n");
      super.finish();
    }
  }

  private static final class Csv extends SampleTextWriter {
    private final List<String> names;

    Csv(List<Labels> all, OutputStream out) throws IOException {
      super(out);
      TreeSet<String> found = new TreeSet<>();
      found.add(Label.METRIC_NAME);
      all.forEach(labels -> found.addAll(labels.toMap().keySet()));
      names = List.copyOf(found);
      this.out.write("time,value");
      for (String name : names) {
        this.out.write(',' + cell(name));
      }
      this.out.write('\n');
    }

    @Override
    public void series(Labels labels, SampleColumns samples) throws IOException {
      StringBuilder cells = new StringBuilder();
      names.forEach(name -> cells.append(',').append(cell(labels.get(name))));
      for (int i = 0; i < samples.size(); i++) {
        if (isShown(samples, i)) {
          out.write(samples.timestampMs(i) + "," + ValueText.of(samples.value(i)) + cells + '\n');
        }
      }
    }

    private static String cell(String text) {
      boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
      return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
  }

  private static final class Json extends SampleTextWriter {
    Json(OutputStream out) {
      super(out);
    }

    @Override
    public void series(Labels labels, SampleColumns samples) throws IOException {
      StringBuilder values = new StringBuilder();
      StringBuilder times = new StringBuilder();
      for (int i = 0; i < samples.size(); i++) {
        if (isShown(samples, i)) {
          values.append(values.isEmpty() ? "" : ",").append(number(samples.value(i)));
          times.append(times.isEmpty() ? "" : ",").append(samples.timestampMs(i));
        }
      }
      out.write("{\"metric\":{");
      for (int i = 0; i < labels.size(); i++) {
        out.write((i == 0 ? "" : ",") + quoted(labels.name(i)) + ':' + quoted(labels.value(i)));
      }
      out.write("},\"values\":[" + values + "],\"timestamps\":[" + times + "]}\n");
    }

    private static String number(double value) {
      if (value == 0 && 1 / value < 0) {
        return "-0.0"; // -0 would be a whole number, and those have no sign at zero
      }
      String text = ValueText.of(value);
      return Double.isFinite(value) ? text : '"' + text + '"';
    }

    private static String quoted(String text) {
      return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
  }
}
