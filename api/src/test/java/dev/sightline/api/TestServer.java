package dev.sightline.api;

import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.http.Faces;
import dev.sightline.api.http.HttpConfig;
import dev.sightline.api.http.HttpLimits;
import dev.sightline.api.http.HttpListener;
import dev.sightline.api.http.Pages;
import dev.sightline.api.http.Readiness;
import dev.sightline.api.http.Routes;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/// A listener on a free port with the routes of a test, and a client that speaks to it.
public final class TestServer implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final MeterRegistry meters = new MeterRegistry();
  private final Readiness readiness = new Readiness("the test");
  private final HttpListener listener;

  public TestServer(Routes routes) {
    this(routes, AuthConfig.OFF, HttpLimits.DEFAULT, null);
  }

  public TestServer(Routes routes, AuthConfig auth, HttpLimits limits, @Nullable Pages pages) {
    readiness.ready();
    this.listener =
        HttpListener.open(
            new HttpConfig("127.0.0.1", 0, null, auth, false, limits),
            new Faces(routes, pages, readiness),
            meters,
            new SystemClock(),
            new ThreadScheduler());
  }

  public int port() {
    return listener.port();
  }

  public Readiness readiness() {
    return readiness;
  }

  public MeterRegistry meters() {
    return meters;
  }

  public HttpRequest.Builder to(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + pathAndQuery));
  }

  public HttpResponse<String> get(String pathAndQuery) {
    return send(to(pathAndQuery));
  }

  public HttpResponse<String> post(String pathAndQuery, String contentType, String body) {
    return send(
        to(pathAndQuery).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /// Sends bytes as they are.
  ///
  /// @return everything that comes back until the server closes the connection
  public String raw(String request) {
    return RawConnection.exchange(port(), request);
  }

  @Override
  public void close() {
    client.close();
    listener.close();
  }
}
