package dev.sightline.gateway;

import dev.sightline.gateway.capture.CallRecord;
import dev.sightline.gateway.capture.CopyQueue;
import dev.sightline.gateway.capture.DropReason;
import dev.sightline.gateway.meter.GatewayMeters;
import dev.sightline.gateway.meter.ModelMeters;
import dev.sightline.gateway.upstream.Fleet;
import dev.sightline.gateway.upstream.ForwardedHeaders;
import dev.sightline.gateway.upstream.Member;
import dev.sightline.gateway.upstream.UpstreamClient;
import dev.sightline.gateway.upstream.UpstreamFailure;
import dev.sightline.gateway.upstream.WatchedEndPoint;
import dev.sightline.model.log.LineSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One call on its way to the model and back.
///
/// Nothing in it blocks: each side is read when the other can take more. It is over exactly once,
/// on whichever thread notices the end first. Where a server takes no connection, another one of
/// the model is asked instead, once: nothing of the call was sent yet.
final class Call implements Response.Listener {
  /// What is counted as the status when the client left before it was answered.
  static final int CLIENT_LEFT = 499;

  private final Exchange exchange;
  private final WatchedEndPoint client;
  private final CallRecord record;
  private final ModelMeters meters;
  private final CopyQueue copies;
  private final LineSink lines;
  private final UpstreamClient upstreams;
  private final Fleet fleet;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Member member;
  private volatile @Nullable ObservedContent requestBody;
  private volatile boolean redirected;
  private volatile boolean answering;
  private volatile boolean clientGone;
  private volatile @Nullable Throwable requestBroke;
  private volatile @Nullable Throwable answerBroke;
  private volatile @Nullable Request upstream;
  private volatile @Nullable HeldEnd answerEnd;
  private volatile boolean requestEnded;

  Call(
      Exchange exchange,
      WatchedEndPoint client,
      CallRecord record,
      GatewayMeters meters,
      CopyQueue copies,
      LineSink lines,
      UpstreamClient upstreams,
      Fleet fleet) {
    this.exchange = exchange;
    this.client = client;
    this.record = record;
    this.meters = meters.of(record.target().model());
    this.copies = copies;
    this.lines = lines;
    this.upstreams = upstreams;
    this.fleet = fleet;
  }

  void forward() {
    meters.begin();
    // Waiting for the model is not idleness of the client.
    exchange.request().addIdleTimeoutListener(_ -> false);
    if (!hasBody()) {
      requestEnded = true;
      client.watch(this::clientLeft);
    }
    send(fleet.choose());
  }

  private void send(Member to) {
    member = to;
    to.callBegins();
    Request call = upstreams.newRequest(to, record.target(), record.method());
    String host = to.upstream().uri().getRawAuthority();
    call.headers(
        into ->
            ForwardedHeaders.copyRequest(exchange.request().getHeaders(), into, host, record.id()));
    upstream = call;
    if (hasBody()) {
      ObservedContent body = new ObservedContent(exchange.request(), new RequestObserver());
      requestBody = body;
      call.body(body);
    }
    call.send(this);
    if (clientGone) {
      abortUpstream(new IOException("the client left"));
    }
  }

  private boolean hasBody() {
    long length = exchange.request().getLength();
    return length > 0
        || (length < 0 && exchange.request().getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
  }

  @Override
  public void onContentSource(Response answer, Content.Source body) {
    answering = true;
    try {
      record.answerBegins(answer.getHeaders());
      org.eclipse.jetty.server.Response response = exchange.response();
      response.setStatus(answer.getStatus());
      ForwardedHeaders.copyResponse(answer.getHeaders(), response.getHeaders(), record.id());
      HeldEnd held = new HeldEnd(body);
      answerEnd = held;
      Content.Source observed = new ObservedContent(held, new AnswerObserver());
      if (answer.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
        Content.copy(observed, response, new AnswerCopied());
      } else {
        // A stream: the client learns of it now, and not with its first byte.
        response.write(false, BufferUtil.EMPTY_BUFFER, new HeadersSent(observed));
      }
    } catch (RuntimeException failure) {
      answerBroke = failure;
      abortUpstream(failure);
      cutShort(failure);
    }
  }

  /// An answer that comes before the request is complete ends now; any other when the upstream's
  /// connection is free.
  @Override
  public void onSuccess(Response answer) {
    if (!requestEnded) {
      endAnswer();
    }
  }

  @Override
  public void onComplete(Result result) {
    Throwable failure = result.getFailure();
    if (answering) {
      endAnswer();
    } else if (failure != null && !sentToAnother(failure)) {
      fail(failure);
    }
  }

  /// A request that reached no server may go to another one.
  private boolean sentToAnother(Throwable failure) {
    Member failed = member;
    if (failed == null || !UpstreamFailure.of(failure).isOfConnecting()) {
      return false;
    }
    failed.failed();
    ObservedContent body = requestBody;
    boolean untouched = body == null || !body.isTouched();
    Member other = redirected || !untouched || clientGone ? null : fleet.choose(failed);
    if (other == null) {
      return false;
    }
    redirected = true;
    failed.callEnds();
    send(other);
    return true;
  }

  private void endAnswer() {
    HeldEnd end = answerEnd;
    if (end != null) {
      end.letGo();
    }
  }

  /// The upstream failed before it answered anything.
  private void fail(Throwable failure) {
    Throwable ofRequest = requestBroke;
    if (clientGone || ofRequest instanceof IOException) {
      end(CLIENT_LEFT, failure, "the client left");
    } else if (ofRequest instanceof TimeoutException) {
      answerError(408, "the request's body stopped coming");
    } else {
      UpstreamFailure reason = UpstreamFailure.of(failure);
      answerError(reason.status(), reason.message());
    }
  }

  private void answerError(int status, String message) {
    exchange.response().reset();
    exchange.response().getHeaders().put(ForwardedHeaders.REQUEST_ID, record.id());
    if (!over.compareAndSet(false, true)) {
      return;
    }
    count(status, message);
    Answers.error(exchange.request(), exchange.response(), exchange.callback(), status, message);
  }

  /// The answer could not be passed on to its end.
  private void cutShort(Throwable cause) {
    Throwable ofAnswer = answerBroke;
    if (ofAnswer == null || clientGone) {
      abortUpstream(cause);
      end(CLIENT_LEFT, cause, "the client left");
    } else if (!exchange.response().isCommitted()) {
      UpstreamFailure reason = UpstreamFailure.of(ofAnswer);
      answerError(reason.status(), reason.message());
    } else {
      record.copy().drop(DropReason.INCOMPLETE);
      end(exchange.response().getStatus(), cause, "the model's answer broke off");
    }
  }

  private void clientLeft() {
    clientGone = true;
    IOException cause = new IOException("the client left");
    client.close();
    abortUpstream(cause);
  }

  private void abortUpstream(Throwable cause) {
    Request call = upstream;
    if (call != null) {
      var _ = call.abort(cause);
    }
  }

  /// @param failure null if the client has its whole answer
  private void end(int status, @Nullable Throwable failure, String error) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    if (status == CLIENT_LEFT) {
      record.copy().drop(DropReason.INCOMPLETE);
    }
    count(status, error);
    if (failure == null) {
      exchange.callback().succeeded();
    } else {
      exchange.callback().failed(failure);
    }
  }

  private void count(int status, String error) {
    record.over(status, error);
    Member busy = member;
    if (busy != null) {
      busy.callEnds();
    }
    meters.end(record);
    lines.offer(record.endMs(), AccessLine.of(record));
    copies.offer(record);
  }

  private final class RequestObserver implements ObservedContent.Observer {
    @Override
    public void passed(ByteBuffer bytes) {
      record.requestPassed(bytes.remaining());
      record.copy().addRequest(bytes);
      // The upstream may answer to the last byte before the end behind it has been read.
      requestEnded = record.requestBytes() == exchange.request().getLength();
    }

    @Override
    public void ended() {
      requestEnded = true;
      client.watch(Call.this::clientLeft);
    }

    @Override
    public void broke(Throwable cause) {
      requestBroke = cause;
    }
  }

  private final class AnswerObserver implements ObservedContent.Observer {
    @Override
    public void passed(ByteBuffer bytes) {
      record.responsePassed(bytes.remaining());
      record.copy().addResponse(bytes);
    }

    @Override
    public void ended() {
      record.answered();
    }

    @Override
    public void broke(Throwable cause) {
      answerBroke = cause;
    }
  }

  /// The headers of a streamed answer have been sent; its body follows.
  private final class HeadersSent extends NonBlockingCallback {
    private final Content.Source body;

    HeadersSent(Content.Source body) {
      this.body = body;
    }

    @Override
    public void succeeded() {
      Content.copy(body, exchange.response(), new AnswerCopied());
    }
  }

  /// The answer has been passed on to its end.
  private final class AnswerCopied extends NonBlockingCallback {
    @Override
    public void succeeded() {
      int status = exchange.response().getStatus();
      end(status, null, status >= 500 ? "the model answered with an error" : "");
    }
  }

  private abstract class NonBlockingCallback implements Callback {
    @Override
    public void failed(Throwable cause) {
      cutShort(cause);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
