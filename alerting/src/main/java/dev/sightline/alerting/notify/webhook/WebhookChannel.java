package dev.sightline.alerting.notify.webhook;

import dev.sightline.alerting.notify.AllowedHost;
import dev.sightline.alerting.notify.Channel;
import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.AuthorizationHeader;
import dev.sightline.wire.outgoing.TlsContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Tells a web hook by `POST`. Redirects are not followed, answers are not shown to anybody.
///
/// A notification that may come twice has the same `Idempotency-Key` both times, and the second
/// time the header `Sightline-May-Repeat`.
public final class WebhookChannel implements Channel {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final long ANSWER_BYTES = 64 << 10;

  private final WebhookConfig config;
  private final Supplier<String> externalUrl;
  private final HttpClient client;

  /// @param externalUrl where people find this server
  /// @throws IOException if a file of certificates cannot be used
  public WebhookChannel(WebhookConfig config, Supplier<String> externalUrl) throws IOException {
    this.config = config;
    this.externalUrl = externalUrl;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(new TlsContext(config.tls()).context())
            .build();
  }

  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public void send(Notification notification) {
    AtomicReference<HttpResponse.ResponseInfo> answer = new AtomicReference<>();
    CompletableFuture<HttpResponse<Void>> call;
    try {
      HttpRequest request = request(notification);
      AllowedHost.require(request.uri().getHost().replaceAll("[\\[\\]]", ""));
      call =
          client.sendAsync(
              request,
              info -> {
                answer.set(info);
                return BodyHandlers.limiting(BodyHandlers.discarding(), ANSWER_BYTES).apply(info);
              });
    } catch (IOException failure) {
      throw new NotSentException(Hope.LATER, String.valueOf(failure.getMessage()));
    }
    NotSentException failure = await(call);
    HttpResponse.ResponseInfo info = answer.get();
    if (info != null) {
      judge(info);
    } else if (failure != null) {
      throw failure;
    }
  }

  private HttpRequest request(Notification notification) throws IOException {
    byte[] body = WebhookBody.of(notification, config.maxAlerts(), externalUrl.get());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url())
            .timeout(config.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "Sightline")
            .header("Idempotency-Key", notification.id())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (notification.mayRepeat()) {
      request.header("Sightline-May-Repeat", "true");
    }
    Authorization authorization = config.authorization();
    if (authorization != null) {
      request.header("Authorization", AuthorizationHeader.of(authorization));
    }
    return request.build();
  }

  /// A URL may be a secret, so that messages never show it.
  private URI url() throws IOException {
    String text = AuthorizationHeader.reveal(config.url());
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && ("http".equals(url.getScheme()) || isSecure(url))) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    String where = config.url() instanceof Source.InFile(var file) ? " in " + file : "";
    throw new NotSentException(Hope.LATER, "the URL" + where + " is not one of http or https");
  }

  private static boolean isSecure(URI url) {
    return "https".equals(url.getScheme());
  }

  private @Nullable NotSentException await(CompletableFuture<HttpResponse<Void>> call) {
    try {
      call.get(config.timeout().toMillis() + 1_000, TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException failure) {
      return failure(failure.getCause());
    } catch (TimeoutException _) {
      call.cancel(true);
      return late();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      call.cancel(true);
      return new NotSentException(Hope.UNKNOWN, "interrupted");
    }
  }

  private NotSentException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          new NotSentException(
              Hope.LATER, "no connection within " + CONNECT_TIMEOUT.toSeconds() + "s");
      case HttpTimeoutException _ -> late();
      case ConnectException _ -> new NotSentException(Hope.LATER, "the connection was refused");
      case SSLException bad -> new NotSentException(Hope.LATER, "TLS: " + bad.getMessage());
      case null, default ->
          new NotSentException(
              Hope.UNKNOWN,
              "the connection broke off" + (cause == null ? "" : ": " + cause.getMessage()));
    };
  }

  private NotSentException late() {
    return new NotSentException(
        Hope.UNKNOWN, "no answer within " + config.timeout().toSeconds() + "s");
  }

  private static void judge(HttpResponse.ResponseInfo info) {
    int status = info.statusCode();
    if (status / 100 == 2) {
      return;
    }
    boolean later = status >= 500 || status == 429 || status == 408;
    Duration notBefore =
        info.headers()
            .firstValue("Retry-After")
            .filter(text -> text.matches("\\d{1,6}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(null);
    String what = status / 100 == 3 ? " (redirects are not followed)" : "";
    throw new NotSentException(
        later ? Hope.LATER : Hope.NONE, "HTTP status " + status + what, later ? notBefore : null);
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
