package dev.sightline.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.auth.Permission;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests on whose end two servers might disagree. Each must be refused and its connection
/// closed, so that nothing behind it is taken for a request.
class SmugglingTest {
  private final AtomicInteger calls = new AtomicInteger();
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    routes.add(
        new Route(
            "POST",
            PathTemplate.of("/in"),
            Permission.QUERY,
            "",
            List.of(),
            call -> {
              call.body();
              calls.incrementAndGet();
              return Reply.text(200, "in");
            }));
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static final String HOST = "Host: localhost\r\n";
  private static final String SECOND = "POST /in HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n";

  private void refused(String request) {
    String answer = server.raw(request + SECOND);
    assertThat(answer).as(request).startsWith("HTTP/1.1 4");
    assertThat(answer.split("HTTP/1.1 ", -1)).as("answers to %s", request).hasSize(2);
    assertThat(answer).doesNotContain("eclipse", "jetty", "Jetty", "Exception");
    assertThat(calls).as(request).hasValue(0);
  }

  @Test
  void refusesTwoLengths() {
    refused("POST /in HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody");
    refused(
        "POST /in HTTP/1.1\r\n"
            + HOST
            + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    refused(
        "POST /in HTTP/1.1\r\n"
            + HOST
            + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n");
    refused("POST /in HTTP/1.1\r\n" + HOST + "Content-Length: +4\r\n\r\nbody");
    refused("POST /in HTTP/1.1\r\n" + HOST + "Content-Length: 4, 5\r\n\r\nbody");
    refused("POST /in HTTP/1.1\r\n" + HOST + "Content-Length: 99999999999999999999\r\n\r\nbody");
  }

  @Test
  void refusesDisguisedTransferEncodings() {
    for (String encoding :
        List.of(
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding:\u000bchunked",
            "X: y\r\n Transfer-Encoding: chunked",
            "Transfer-Encoding\r\n: chunked")) {
      refused("POST /in HTTP/1.1\r\n" + HOST + encoding + "\r\n\r\n0\r\n\r\n");
    }
  }

  @Test
  void refusesChunksInHttp10() {
    refused("POST /in HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  }

  @Test
  void saysThatChunksAreBroken() {
    String request = "POST /in HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n-2\r\n";
    assertThat(server.raw(request)).contains("its chunks are malformed").doesNotContain("gzip");
  }

  @Test
  void refusesBrokenChunks() {
    String chunked = "POST /in HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";
    refused(chunked + "fffffffffffffffff\r\nx\r\n0\r\n\r\n");
    refused(chunked + "-1\r\nx\r\n0\r\n\r\n");
    refused(chunked + "0x1\r\nx\r\n0\r\n\r\n");
    refused(chunked + "1\r\nxx\r\n0\r\n\r\n");
    refused(chunked + "1\nx\n0\n\n");
  }

  @Test
  void refusesBrokenHeaders() {
    refused("POST /in HTTP/1.1\r\n" + HOST + "X: a\r\n folded\r\nContent-Length: 0\r\n\r\n");
    refused("POST /in HTTP/1.1\r\n" + HOST + "X: a\0b\r\nContent-Length: 0\r\n\r\n");
    refused("POST /in HTTP/1.1\r\n" + HOST + "X: a\rY: b\r\nContent-Length: 0\r\n\r\n");
    refused("POST /in HTTP/1.1\r\n" + HOST + "no colon\r\nContent-Length: 0\r\n\r\n");
    refused("POST /in HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
    refused("POST /in HTTP/1.1\r\n" + HOST + "Host: other\r\nContent-Length: 0\r\n\r\n");
    refused("POST http://other/in HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n");
    refused("post /in HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n".replace("0", "x"));
    refused("POST /in HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(40_000) + "\r\n\r\n");
    refused("POST /" + "a".repeat(40_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
  }

  @Test
  void refusesOldAndUnknownVersions() {
    assertThat(server.raw("POST /in\r\n\r\n")).contains(" 505 ");
    assertThat(server.raw("POST /in HTTP/3.7\r\n" + HOST + "\r\n")).contains(" 505 ");
    assertThat(calls).hasValue(0);
  }

  @Test
  void bareLineFeedsEndNoHeader() {
    refused("POST /in HTTP/1.1\n" + HOST + "Content-Length: 0\r\n\r\n");
    refused("POST /in HTTP/1.1\r\n" + HOST + "Content-Length: 0\n\r\n");
  }

  @Test
  void anUpgradeIsNotFollowed() {
    String upgrade =
        "POST /in HTTP/1.1\r\n"
            + HOST
            + "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n"
            + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 0\r\n\r\n";
    assertThat(server.raw(upgrade)).startsWith("HTTP/1.1 200").doesNotContain(" 101 ");
  }

  @Test
  void takesTwoRequestsThatFollowEachOther() {
    String last = SECOND.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    assertThat(server.raw(SECOND + last).split("HTTP/1.1 200", -1)).hasSize(3);
    assertThat(calls).hasValue(2);
  }
}
