package dev.sightline.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.api.TestServer;
import dev.sightline.api.auth.AuthConfig;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private static final Pattern NONCE = Pattern.compile("'nonce-([A-Za-z0-9_-]{24})'");

  private TestServer server;

  @BeforeAll
  void open() {
    Pages pages = new Pages(PagesTest.class.getClassLoader(), "pages", "/");
    server = new TestServer(new Routes(), AuthConfig.OFF, HttpLimits.DEFAULT, pages);
  }

  @AfterAll
  void close() {
    server.close();
  }

  private static String header(HttpResponse<String> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  private static String nonce(HttpResponse<String> reply) {
    Matcher nonce = NONCE.matcher(header(reply, "Content-Security-Policy"));
    assertThat(nonce.find()).isTrue();
    return nonce.group(1);
  }

  @Test
  void everyPathOfThePagesIsTheIndex() {
    for (String path : List.of("/", "/models/credit%20risk.v2", "/explore?q=up", "/targets")) {
      HttpResponse<String> reply = server.get(path);
      assertThat(reply.statusCode()).as(path).isEqualTo(200);
      assertThat(reply.body())
          .contains("<base href=\"/\">")
          .contains("content=\"" + nonce(reply) + "\"")
          .doesNotContain("__CSP_NONCE__", "__BASE__");
      assertThat(header(reply, "Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(header(reply, "Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void eachAnswerHasANonceOfItsOwnAndTheWholePolicy() {
    HttpResponse<String> reply = server.get("/");
    assertThat(nonce(reply)).isNotEqualTo(nonce(server.get("/")));
    assertThat(header(reply, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"
                + nonce(reply)
                + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action"
                + " 'self'; base-uri 'self'; frame-ancestors 'none'");
    assertThat(header(reply, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(reply, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(reply, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(header(reply, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(header(reply, "Permissions-Policy")).contains("camera=()");
  }

  @Test
  void pathsOfProgramsAreNoPages() {
    for (String path :
        List.of("/api/v1/nothing", "/api/", "/-/nothing", "/loki/api/v1/x", "/v1/x")) {
      HttpResponse<String> reply = server.get(path);
      assertThat(reply.statusCode()).as(path).isEqualTo(404);
      assertThat(header(reply, "Content-Type")).isEqualTo("application/json; charset=utf-8");
    }
    assertThat(server.post("/explore", "text/plain", "").statusCode()).isEqualTo(404);
  }

  @Test
  void assetsNeverChange() {
    HttpResponse<String> reply = server.get("/assets/app-1a2b.js");
    assertThat(reply.body()).isEqualTo("console.log(\"pages of the test\");\n");
    assertThat(header(reply, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(reply, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    HttpResponse<String> again =
        server.send(
            server.to("/assets/app-1a2b.js").header("If-None-Match", header(reply, "ETag")));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(server.get("/favicon.svg"), "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void sendsWhatIsCompressedAlready() {
    HttpResponse<String> reply =
        server.send(server.to("/assets/app-1a2b.js").header("Accept-Encoding", "gzip"));
    assertThat(header(reply, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(reply, "Vary")).isEqualTo("Accept-Encoding");
    HttpResponse<String> small =
        server.send(server.to("/assets/app-1a2b.css").header("Accept-Encoding", "gzip"));
    assertThat(small.body()).isEqualTo("body { margin: 0 }\n");
  }

  @Test
  void servesNothingOutsideItsFolder() {
    for (String path :
        List.of(
            "/assets/missing.js",
            "/assets/..%2F..%2Flogback-test.xml",
            "/assets/%2e%2e%2f%2e%2e%2flogback-test.xml",
            "/assets/..%5Clogback-test.xml",
            "/assets",
            "/assets/",
            "/logback-test.xml",
            "/.hidden")) {
      HttpResponse<String> reply = server.get(path);
      assertThat(reply.statusCode()).as(path).isIn(400, 404);
      assertThat(reply.body()).as(path).startsWith("{\"status\":\"error\"");
    }
  }

  @Test
  void aFolderWithoutAnIndexIsAMistakeOfTheBuild() {
    assertThatThrownBy(() -> new Pages(PagesTest.class.getClassLoader(), "nowhere", "/"))
        .hasMessage("no nowhere/index.html on the class path");
  }
}
