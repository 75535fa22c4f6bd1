package dev.sightline.demo.page;

import dev.sightline.demo.http.Reply;
import dev.sightline.demo.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The three files of the page and the headers of all its answers.
final class PageFiles {
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
              + " data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-store");

  private final Map<String, Reply> files =
      Map.of(
          "/", file("page.html", "text/html; charset=utf-8"),
          "/page.css", file("page.css", "text/css; charset=utf-8"),
          "/page.js", file("page.js", "text/javascript; charset=utf-8"));

  Reply answer(Request request) {
    @Nullable Reply file = files.get(request.path());
    if (file == null) {
      return Reply.of(404, Reply.TEXT, "There is nothing at this address.");
    }
    if (!request.method().equals("GET")) {
      byte[] none = new byte[0];
      return new Reply(405, Reply.TEXT, Map.of("Allow", "GET"), none);
    }
    return file;
  }

  private static Reply file(String name, String contentType) {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("BUG: " + name + " is missing from the jar");
      }
      return new Reply(200, contentType, HEADERS, in.readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
