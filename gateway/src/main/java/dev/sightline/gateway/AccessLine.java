package dev.sightline.gateway;

import dev.sightline.gateway.capture.CallRecord;
import dev.sightline.gateway.route.Refusal;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.server.Request;

/// What became of one call, as a line of logfmt.
///
/// @param model empty where the call could go to none
/// @param path as the client called it, without its query, which may hold secrets
/// @param error why it failed, in words; empty where it did not
record AccessLine(
    String model,
    String id,
    String trace,
    String method,
    String path,
    int status,
    double seconds,
    long requestBytes,
    long responseBytes,
    String error)
    implements LineSink.Line {
  private static final int LONGEST_PATH = 512;
  private static final int TRACE_ID_FROM = 3;
  private static final int TRACE_ID_TO = 35;

  static AccessLine of(CallRecord call) {
    String traceparent = call.traceparent();
    return new AccessLine(
        call.target().model().name(),
        call.id(),
        traceparent == null ? "" : traceparent,
        call.method(),
        call.path(),
        call.status(),
        call.secondsUntilNow(),
        call.requestBytes(),
        call.responseBytes(),
        call.error());
  }

  /// A request that could go to no model.
  static AccessLine refused(Request request, Refusal refusal) {
    String path = String.valueOf(request.getHttpURI().getPath());
    return new AccessLine(
        "", "", "", request.getMethod(), path, refusal.status(), 0, 0, 0, refusal.message());
  }

  @Override
  public Labels stream() {
    String level = status >= 500 ? "error" : status >= 400 ? "warn" : "info";
    return model.isEmpty()
        ? Labels.of("level", level, "service", "gateway")
        : Labels.of("level", level, "model", model, "service", "gateway");
  }

  @Override
  public Labels metadata() {
    List<String> known = new ArrayList<>();
    if (!id.isEmpty()) {
      known.addAll(List.of("request_id", id));
    }
    if (trace.length() > TRACE_ID_TO) {
      known.addAll(List.of("trace_id", trace.substring(TRACE_ID_FROM, TRACE_ID_TO)));
    }
    return Labels.of(known.toArray(String[]::new));
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(200);
    text.append("method=").append(method).append(" path=").append(quoted(path));
    text.append(" status=").append(status);
    text.append(" duration_ms=").append(String.format(Locale.ROOT, "%.3f", seconds * 1_000));
    if (!model.isEmpty()) {
      text.append(" model=").append(quoted(model)).append(" request_id=").append(quoted(id));
    }
    text.append(" request_bytes=").append(requestBytes);
    text.append(" response_bytes=").append(responseBytes);
    if (!error.isEmpty()) {
      text.append(" error=").append(quoted(error));
    }
    return text.toString();
  }

  /// In quotes where the bare text would not be read back as one value.
  private static String quoted(String value) {
    String bounded = value.length() > LONGEST_PATH ? value.substring(0, LONGEST_PATH) + "…" : value;
    boolean bare =
        !bounded.isEmpty()
            && bounded.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=' || c == '\\');
    return bare ? bounded : '"' + bounded.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
