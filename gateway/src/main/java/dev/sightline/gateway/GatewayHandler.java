package dev.sightline.gateway;

import dev.sightline.gateway.capture.CallRecord;
import dev.sightline.gateway.capture.CopyQueue;
import dev.sightline.gateway.config.Countries;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.meter.GatewayMeters;
import dev.sightline.gateway.route.Refusal;
import dev.sightline.gateway.route.Routes;
import dev.sightline.gateway.route.Target;
import dev.sightline.gateway.upstream.Fleets;
import dev.sightline.gateway.upstream.UpstreamClient;
import dev.sightline.gateway.upstream.WatchedEndPoint;
import dev.sightline.listener.RequestIds;
import dev.sightline.model.log.LineSink;
import dev.sightline.model.time.Clock;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Sends each request where it belongs: to a model, to our own metrics, or back.
final class GatewayHandler extends Handler.Abstract.NonBlocking {
  private static final String METRICS_PATH = "/metrics";

  private final UpstreamClient client;
  private final GatewayMeters meters;
  private final CopyQueue copies;
  private final LineSink lines;
  private final RequestIds requestIds;
  private final Clock clock;
  private final Supplier<String> metricsText;
  private final Fleets fleets;
  private volatile Routes routes;
  private volatile @Nullable Countries countries;

  GatewayHandler(
      Routes routes,
      @Nullable Countries countries,
      UpstreamClient client,
      Fleets fleets,
      GatewayMeters meters,
      CopyQueue copies,
      LineSink lines,
      Clock clock,
      Supplier<String> metricsText) {
    this.routes = routes;
    this.countries = countries;
    this.client = client;
    this.fleets = fleets;
    this.meters = meters;
    this.copies = copies;
    this.lines = lines;
    this.requestIds = new RequestIds(clock);
    this.clock = clock;
    this.metricsText = metricsText;
  }

  /// Calls in flight stay with the model that they began with.
  void route(Routes routes, @Nullable Countries countries) {
    this.routes = routes;
    this.countries = countries;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    WatchedEndPoint client =
        (WatchedEndPoint) request.getConnectionMetaData().getConnection().getEndPoint();
    client.callBegins();
    Request.addCompletionListener(request, _ -> client.callEnds());
    Refusal refusal = refusal(request);
    if (refusal != null) {
      refuse(request, response, callback, refusal);
    } else if (isMetrics(request)) {
      request.getComponents().getExecutor().execute(() -> answerMetrics(response, callback));
    } else {
      Target target = routes.target(request.getMethod(), request.getHttpURI().getPathQuery());
      if (target == null) {
        refuse(request, response, callback, Refusal.NO_MODEL);
      } else {
        forward(target, client, new Exchange(request, response, callback));
      }
    }
    return true;
  }

  private void forward(Target asked, WatchedEndPoint endPoint, Exchange exchange) {
    HttpFields headers = exchange.request().getHeaders();
    String id = requestIds.idFor(headers);
    boolean split = asked.scoring() && !asked.model().rivals().challengers().isEmpty();
    Target target = split ? asked.to(version(asked.model(), headers)) : asked;
    CallRecord record =
        new CallRecord(target, id, exchange.request(), clock, copies.newCopy(target.scoring()));
    record.from(country(exchange.request()));
    new Call(exchange, endPoint, record, meters, copies, lines, client, fleets.of(target.model()))
        .forward();
  }

  /// @return empty where nobody asks
  private String country(Request request) {
    Countries asked = countries;
    if (asked == null) {
      return "";
    }
    SocketAddress address = request.getConnectionMetaData().getRemoteSocketAddress();
    return asked.of(
        request.getHeaders()::get, address instanceof InetSocketAddress known ? known : null);
  }

  private static UpstreamModel version(UpstreamModel model, HttpFields headers) {
    String header = model.rivals().stickyHeader();
    return model.rivals().choose(model, header == null ? null : headers.get(header));
  }

  private static @Nullable Refusal refusal(Request request) {
    String method = request.getMethod();
    if (HttpMethod.CONNECT.is(method) || HttpMethod.TRACE.is(method)) {
      return Refusal.METHOD;
    }
    String path = request.getHttpURI().getPath();
    if (path == null || !path.startsWith("/")) {
      return Refusal.METHOD;
    }
    Refusal framing = Framing.refusal(request);
    if (framing != null) {
      return framing;
    }
    String upgrade = request.getHeaders().get(HttpHeader.UPGRADE);
    // A client that offers HTTP/2 takes HTTP/1.1 as well; any other protocol is all it wants.
    return upgrade == null || upgrade.equalsIgnoreCase("h2c") ? null : Refusal.UPGRADE;
  }

  private void refuse(Request request, Response response, Callback callback, Refusal refusal) {
    meters.refused(refusal);
    lines.offer(clock.nowMs(), AccessLine.refused(request, refusal));
    if (refusal.status() == 400) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    Answers.error(request, response, callback, refusal.status(), refusal.message());
  }

  private static boolean isMetrics(Request request) {
    return HttpMethod.GET.is(request.getMethod())
        && METRICS_PATH.equals(request.getHttpURI().getPath());
  }

  private void answerMetrics(Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    byte[] text = metricsText.get().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(text), callback);
  }
}
