package dev.sightline.gateway.capture;

import dev.sightline.gateway.route.Target;
import dev.sightline.model.time.Clock;
import dev.sightline.wire.serving.Payload;
import dev.sightline.wire.serving.PayloadException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// What is known about one call, filled in while it runs and read when it is over.
public final class CallRecord {
  private static final String EVENT_STREAM = "text/event-stream";

  private final Target target;
  private final String id;
  private final String method;
  private final String path;
  private final long startMs;
  private final long startNs;
  private final @Nullable String traceparent;
  private final HttpFields requestHeaders;
  private final Clock clock;
  private final CallCopy copy;

  // Written by one thread at a time, in the order of the call.
  private volatile double inferenceSeconds = -1;
  private final AtomicLong requestBytes = new AtomicLong();
  private final AtomicLong responseBytes = new AtomicLong();
  private volatile HttpFields responseHeaders = HttpFields.EMPTY;
  private volatile @Nullable Arrivals arrivals;
  private volatile String country = "";
  private volatile int status;
  private volatile String error = "";

  public CallRecord(Target target, String id, Request request, Clock clock, CallCopy copy) {
    HttpFields headers = request.getHeaders();
    this.target = target;
    this.id = id;
    this.method = request.getMethod();
    this.path = String.valueOf(request.getHttpURI().getPath());
    this.startMs = clock.nowMs();
    this.startNs = clock.monotonicNs();
    this.traceparent = headers.get("traceparent");
    this.requestHeaders = target.scoring() ? Payloads.describing(headers) : HttpFields.EMPTY;
    this.clock = clock;
    this.copy = copy;
  }

  /// @param country where the call comes from; empty where nobody asks
  public void from(String country) {
    this.country = country;
  }

  public String country() {
    return country;
  }

  public void requestPassed(int bytes) {
    requestBytes.addAndGet(bytes);
  }

  public void responsePassed(int bytes) {
    long soFar = responseBytes.addAndGet(bytes);
    Arrivals parts = arrivals;
    if (parts != null) {
      parts.passed(soFar, secondsUntilNow());
    }
  }

  /// When so many bytes of a streamed answer had arrived, in seconds from the request's arrival;
  /// negative where that is not known.
  double secondsAt(long bytes) {
    Arrivals parts = arrivals;
    return parts == null || bytes < 0 ? -1 : parts.secondsAt(bytes);
  }

  public void answerBegins(HttpFields headers) {
    if (!target.scoring()) {
      return;
    }
    responseHeaders = Payloads.describing(headers);
    if (isEventStream(headers)) {
      arrivals = new Arrivals();
      copy.expectStream();
    }
  }

  /// Of a compressed stream, neither parts nor times can be told.
  private static boolean isEventStream(HttpFields headers) {
    String type = headers.get(HttpHeader.CONTENT_TYPE);
    return type != null
        && !headers.contains(HttpHeader.CONTENT_ENCODING)
        && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
  }

  /// The upstream's answer is complete.
  public void answered() {
    inferenceSeconds = secondsUntilNow();
  }

  /// @param status that the client was told, or that says how it ended without one
  /// @param error why the call failed, in words; empty where it did not
  public void over(int status, String error) {
    this.status = status;
    this.error = error;
  }

  public Target target() {
    return target;
  }

  public String id() {
    return id;
  }

  public String method() {
    return method;
  }

  /// As the client called it, without the query.
  public String path() {
    return path;
  }

  /// Why the call failed, in words; empty where it did not.
  public String error() {
    return error;
  }

  /// When the request arrived, Unix milliseconds.
  public long startMs() {
    return startMs;
  }

  /// Now, on the clock by which the request arrived at [#startMs].
  public long endMs() {
    return clock.nowMs();
  }

  /// From the request's arrival until now.
  public double secondsUntilNow() {
    return (clock.monotonicNs() - startNs) / 1e9;
  }

  /// How long the model took, from the request's arrival to the end of its answer; negative where
  /// the answer never ended.
  public double inferenceSeconds() {
    return inferenceSeconds;
  }

  public @Nullable String traceparent() {
    return traceparent;
  }

  /// The headers that say how to read what the client sent.
  public HttpFields requestHeaders() {
    return requestHeaders;
  }

  /// What the client sent.
  ///
  /// @throws PayloadException if its content coding cannot be undone
  public Payload request() {
    return Payloads.of(requestHeaders, copy.request(), false);
  }

  /// What the model answered.
  ///
  /// @throws PayloadException if its content coding cannot be undone
  public Payload response() {
    return Payloads.of(responseHeaders, copy.response(), copy.isCut());
  }

  public long requestBytes() {
    return requestBytes.get();
  }

  public long responseBytes() {
    return responseBytes.get();
  }

  public int status() {
    return status;
  }

  public boolean isSuccess() {
    return status / 100 == 2;
  }

  public CallCopy copy() {
    return copy;
  }
}
