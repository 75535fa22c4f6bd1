package dev.sightline.gateway;

import dev.sightline.model.time.Clock;
import dev.sightline.wire.serving.Payload;
import dev.sightline.wire.serving.PayloadException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// What is known about one call, filled in while it runs and read when it is over.
final class CallRecord {
  private static final String EVENT_STREAM = "text/event-stream";

  private final Target target;
  private final String id;
  private final String method;
  private final String path;
  private final long startMs;
  private final long startNs;
  private final @Nullable String traceparent;
  private final @Nullable String requestType;
  private final @Nullable String requestEncoding;
  private final int requestJsonLength;
  private final Clock clock;
  private final CallCopy copy;

  // Written by one thread at a time, in the order of the call.
  private volatile double inferenceSeconds = -1;
  private final AtomicLong requestBytes = new AtomicLong();
  private final AtomicLong responseBytes = new AtomicLong();
  private volatile @Nullable String responseEncoding;
  private volatile @Nullable String responseType;
  private volatile int responseJsonLength = -1;
  private volatile @Nullable Arrivals arrivals;
  private volatile int status;
  private volatile String error = "";

  CallRecord(Target target, String id, Request request, Clock clock, CallCopy copy) {
    HttpFields headers = request.getHeaders();
    this.target = target;
    this.id = id;
    this.method = request.getMethod();
    this.path = String.valueOf(request.getHttpURI().getPath());
    this.startMs = clock.nowMs();
    this.startNs = clock.monotonicNs();
    this.traceparent = headers.get("traceparent");
    this.requestType = headers.get(HttpHeader.CONTENT_TYPE);
    this.requestEncoding = headers.get(HttpHeader.CONTENT_ENCODING);
    this.requestJsonLength = jsonLength(headers);
    this.clock = clock;
    this.copy = copy;
  }

  void requestPassed(int bytes) {
    requestBytes.addAndGet(bytes);
  }

  void responsePassed(int bytes) {
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

  void answerBegins(HttpFields headers) {
    responseEncoding = headers.get(HttpHeader.CONTENT_ENCODING);
    responseType = headers.get(HttpHeader.CONTENT_TYPE);
    responseJsonLength = jsonLength(headers);
    if (isEventStream(responseType)) {
      arrivals = new Arrivals();
      copy.expectStream();
    }
  }

  /// Of a compressed stream, neither parts nor times can be told.
  private boolean isEventStream(@Nullable String type) {
    return target.scoring()
        && responseEncoding == null
        && type != null
        && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
  }

  /// Of a body that has binary tensors behind its JSON; negative for any other.
  private static int jsonLength(HttpFields headers) {
    String length = headers.get("Inference-Header-Content-Length");
    boolean isNumber =
        length != null
            && !length.isEmpty()
            && length.length() < 10
            && length.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(length) : -1;
  }

  /// The upstream's answer is complete.
  void answered() {
    inferenceSeconds = secondsUntilNow();
  }

  /// @param status that the client was told, or that says how it ended without one
  /// @param error why the call failed, in words; empty where it did not
  void over(int status, String error) {
    this.status = status;
    this.error = error;
  }

  Target target() {
    return target;
  }

  String id() {
    return id;
  }

  String method() {
    return method;
  }

  /// As the client called it, without the query.
  String path() {
    return path;
  }

  /// Why the call failed, in words; empty where it did not.
  String error() {
    return error;
  }

  /// When the request arrived, Unix milliseconds.
  long startMs() {
    return startMs;
  }

  /// Now, on the clock by which the request arrived at [#startMs].
  long endMs() {
    return clock.nowMs();
  }

  /// From the request's arrival until now.
  double secondsUntilNow() {
    return (clock.monotonicNs() - startNs) / 1e9;
  }

  /// How long the model took, from the request's arrival to the end of its answer; negative where
  /// the answer never ended.
  double inferenceSeconds() {
    return inferenceSeconds;
  }

  @Nullable String traceparent() {
    return traceparent;
  }

  /// What the client sent.
  ///
  /// @throws PayloadException if its content coding cannot be undone
  Payload request() {
    byte[] body = Bodies.decode(copy.request(), requestEncoding);
    return new Payload(body, requestType, requestJsonLength, false);
  }

  /// What the model answered.
  ///
  /// @throws PayloadException if its content coding cannot be undone
  Payload response() {
    byte[] body = Bodies.decode(copy.response(), responseEncoding);
    return new Payload(body, responseType, responseJsonLength, copy.isCut());
  }

  long requestBytes() {
    return requestBytes.get();
  }

  long responseBytes() {
    return responseBytes.get();
  }

  int status() {
    return status;
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  CallCopy copy() {
    return copy;
  }
}
