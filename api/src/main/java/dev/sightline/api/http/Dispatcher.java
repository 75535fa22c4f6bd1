package dev.sightline.api.http;

import dev.sightline.api.auth.Caller;
import dev.sightline.listener.RequestIds;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes every request from its path to its answer: find the route, ask the gatekeeper, call the
/// handler, send what it replies.
final class Dispatcher extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final ApiError INTERNAL =
      new ApiError(500, "internal", "internal error; the server's log says more");

  private final Routes routes;
  private final @Nullable Pages pages;
  private final Readiness readiness;
  private final Gatekeeper gatekeeper;
  private final Conversations conversations;
  private final HttpLimits limits;
  private final RequestBody bodies;
  private final HttpMeters meters;
  private final Clock clock;
  private final RequestIds ids;

  Dispatcher(
      HttpLimits limits,
      Faces faces,
      Gatekeeper gatekeeper,
      Conversations conversations,
      HttpMeters meters,
      Clock clock) {
    this.routes = faces.routes();
    this.pages = faces.pages();
    this.readiness = faces.readiness();
    this.gatekeeper = gatekeeper;
    this.conversations = conversations;
    this.limits = limits;
    this.bodies = new RequestBody(limits, clock);
    this.meters = meters;
    this.clock = clock;
    this.ids = new RequestIds(clock);
  }

  /// A request on its way: which route it turned out to be is known to the meters even if it fails.
  private static final class Passage {
    private String route = "none";
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try (CallId.Work _ = CallId.workFor(ids.idFor(request.getHeaders()))) {
      serve(request, response, callback);
    }
    return true;
  }

  private void serve(Request request, Response response, Callback callback) {
    long startNs = clock.monotonicNs();
    Passage passage = new Passage();
    Reply reply = answer(request, passage);
    if (reply.body() instanceof Reply.Opening(Conversation conversation)) {
      reply = open(conversation, request, response, callback);
      if (reply.status() == 101) {
        meters.answered(passage.route, request.getMethod(), 101, clock.monotonicNs() - startNs);
        return;
      }
    }
    Exception broken = null;
    try {
      send(reply, request, response);
    } catch (IOException | UncheckedIOException gone) {
      broken = gone;
    } catch (RuntimeException bug) {
      LOG.error("answer to {} broke off", passage.route, bug);
      broken = bug;
    }
    meters.answered(
        passage.route, request.getMethod(), response.getStatus(), clock.monotonicNs() - startNs);
    if (broken != null) {
      callback.failed(broken);
    } else {
      if (reply.status() >= 400) {
        UnreadBody.discard(request, limits, clock);
      }
      callback.succeeded();
    }
  }

  private Reply answer(Request request, Passage passage) {
    try {
      return routed(request, passage);
    } catch (Gatekeeper.Refusal refusal) {
      meters.rejected("http", refusal.reason());
      return refusal.reply();
    } catch (ApiException known) {
      return failed(known.error());
    } catch (QueryException known) {
      return failed(ApiError.of(known));
    } catch (StoreUnavailableException full) {
      LOG.debug("call of {} refused: {}", passage.route, full.getMessage());
      return failed(ApiError.unavailable(String.valueOf(full.getMessage())));
    } catch (RuntimeException bug) {
      LOG.error("call of {} failed", passage.route, bug);
      return Reply.error(INTERNAL);
    }
  }

  /// @return what to answer if there is no WebSocket; otherwise the answer is under way
  private Reply open(
      Conversation conversation, Request request, Response response, Callback callback) {
    boolean opened =
        Conversations.isAskedFor(request)
            && conversations.open(conversation, request, response, callback);
    return opened
        ? Reply.empty(101)
        : Reply.error(ApiError.badData("the call is no handshake for a WebSocket"));
  }

  private Reply failed(ApiError error) {
    meters.rejected("http", error.errorType());
    return Reply.error(error);
  }

  private Reply routed(Request request, Passage passage) {
    if (isDisguised(request)) {
      throw new Gatekeeper.Refusal(
          "protocol",
          Reply.error(ApiError.badData("Transfer-Encoding must be chunked, in HTTP/1.1"))
              .with("Connection", "close"));
    }
    gatekeeper.checkHost(request);
    String rawPath = request.getHttpURI().getPath();
    List<String> path = RequestPath.parse(rawPath == null ? "" : rawPath);
    return switch (routes.find(request.getMethod(), path)) {
      case Routes.Found.Match match -> {
        Route route = match.route();
        passage.route = route.path().toString();
        Caller caller = gatekeeper.admit(request, route.permission(), mayHarm(request, route));
        yield route.handler().answer(new Call(request, match.pathParameters(), caller, bodies));
      }
      case Routes.Found.WrongMethod wrong -> wrongMethod(request, path, wrong, passage);
      case Routes.Found.Nothing _ -> withoutRoute(request, path, passage);
    };
  }

  /// Browsers let pages of other sites open WebSockets and read what comes.
  private static boolean mayHarm(Request request, Route route) {
    return route.changes() || Conversations.isAskedFor(request);
  }

  /// Where programs write to the path of a page, the page is still there to be read.
  private Reply wrongMethod(
      Request request, List<String> path, Routes.Found.WrongMethod wrong, Passage passage) {
    boolean isPage = pages != null && pages.mayServe(path) && !wrong.allow().contains("GET");
    if (isPage && reads(request)) {
      return withoutRoute(request, path, passage);
    }
    String allow = isPage ? "GET, HEAD, " + wrong.allow() : wrong.allow();
    return Reply.error(new ApiError(405, "bad_data", "method must be one of " + allow + " here"))
        .with("Allow", allow);
  }

  private static boolean reads(Request request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  /// A body in a coding that we do not undo, or that HTTP/1.0 does not know: a server in front may
  /// see its end elsewhere.
  private static boolean isDisguised(Request request) {
    String coding = request.getHeaders().get(HttpHeader.TRANSFER_ENCODING);
    return coding != null
        && (!coding.equalsIgnoreCase("chunked")
            || request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1);
  }

  private Reply withoutRoute(Request request, List<String> path, Passage passage) {
    if (pages != null && reads(request) && pages.mayServe(path)) {
      passage.route = "pages";
      return pages.serve(path, request.getHeaders());
    }
    return Reply.error(
        readiness.isReady()
            ? ApiError.notFound("there is nothing at this path")
            : ApiError.unavailable("starting: " + readiness.waitingFor()));
  }

  private static void send(Reply reply, Request request, Response response) throws IOException {
    response.setStatus(reply.status());
    response.getHeaders().put(RequestIds.HEADER, CallId.current());
    SecurityHeaders.EVERYWHERE.forEach(response.getHeaders()::put);
    if (reply.headers().get("Content-Security-Policy") == null) {
      SecurityHeaders.API.forEach(response.getHeaders()::put);
    }
    if (request.isSecure()) {
      response.getHeaders().put("Strict-Transport-Security", SecurityHeaders.STRICT_TRANSPORT);
    }
    reply.headers().forEach(response.getHeaders()::put);
    if (!reply.contentType().isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
    }
    boolean compressible = isText(reply) && reply.headers().get("Content-Encoding") == null;
    if (compressible) {
      response.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
    }
    ReplyStream out = new ReplyStream(response, compressible && takesGzip(request.getHeaders()));
    try {
      reply.body().writeTo(out);
    } catch (RuntimeException bug) {
      if (!out.isUntouched()) {
        throw bug;
      }
      LOG.error("answer could not be written", bug);
      response.reset();
      send(Reply.error(INTERNAL), request, response);
      return;
    }
    out.close();
  }

  private static boolean isText(Reply reply) {
    String type = reply.contentType();
    return type.startsWith("text/")
        || type.startsWith("application/json")
        || type.startsWith("application/x-ndjson")
        || type.startsWith("application/openmetrics-text");
  }

  static boolean takesGzip(HttpFields headers) {
    for (String field : headers.getCSV(HttpHeader.ACCEPT_ENCODING, false)) {
      String coding = field.toLowerCase(Locale.ROOT).replace(" ", "");
      if (coding.equals("gzip")
          || (coding.startsWith("gzip;") && !coding.matches("gzip;q=0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }
}
