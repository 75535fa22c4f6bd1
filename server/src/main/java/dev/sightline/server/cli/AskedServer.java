package dev.sightline.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The server that a command asks: where it is, and what it asks for.
final class AskedServer {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  @Option(names = "--url", paramLabel = "URL", description = "Of the server that is asked.")
  private URI url = URI.create("http://127.0.0.1:7444");

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "For a server that asks for one; or SIGHTLINE_TOKEN in the environment.")
  private @Nullable String token = System.getenv("SIGHTLINE_TOKEN");

  URI url() {
    return url;
  }

  /// A request for a path of this server, with the token where there is one.
  ///
  /// @throws IllegalArgumentException if the URL is none of HTTP
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path));
    if (token != null && !token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  /// What a reader makes of the answer, whose body is closed afterwards.
  ///
  /// @throws IOException if the server cannot be reached, or breaks off
  <T> T ask(HttpRequest request, AnswerReader<T> reader) throws IOException {
    // Ends after the body: closing a client waits for what is still on its way.
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build()) {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        return reader.read(answer, body);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /// Reads an answer.
  interface AnswerReader<T> {
    T read(HttpResponse<?> answer, InputStream body) throws IOException;
  }
}
