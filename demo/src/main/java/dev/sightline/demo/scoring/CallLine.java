package dev.sightline.demo.scoring;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the model server has to say about one call: a line of logfmt, and where the model raised,
/// the stack trace below it.
///
/// @param model its name
/// @param requestId that the caller gave; empty where it gave none
/// @param rows that were judged
/// @param failure why there are none; null where there are
record CallLine(
    String model,
    String requestId,
    int status,
    int rows,
    double milliseconds,
    @Nullable RuntimeException failure)
    implements LineSink.Line {
  static final String SERVICE = "demo-model";
  private static final int LONGEST_TRACE = 16 << 10;

  @Override
  public Labels stream() {
    String level = status >= 500 ? "error" : status >= 400 ? "warn" : "info";
    return Labels.of("level", level, "model", model, "service", SERVICE);
  }

  @Override
  public Labels metadata() {
    return Labels.of("request_id", requestId);
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(120);
    text.append("method=POST path=/invocations status=").append(status);
    text.append(" rows=").append(rows);
    text.append(" duration_ms=").append(String.format(Locale.ROOT, "%.3f", milliseconds));
    if (failure != null) {
      text.append(" error=").append(quoted(String.valueOf(failure.getMessage())));
      if (isOurs(failure)) {
        text.append('\n').append(trace(failure));
      }
    }
    return text.toString();
  }

  /// What callers do wrongly needs no trace.
  private boolean isOurs(RuntimeException failure) {
    return status >= 500 || !(failure instanceof ScoringException);
  }

  private static String quoted(String text) {
    String oneLine = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + oneLine + '"';
  }

  private static String trace(RuntimeException failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    String text = trace.toString().stripTrailing();
    return text.length() > LONGEST_TRACE ? text.substring(0, LONGEST_TRACE) : text;
  }
}
