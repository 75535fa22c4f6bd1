package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Requests that two readers could understand differently: none may reach the upstream.
class SmugglingTest {
  private static final String POST = "POST /invocations HTTP/1.1\r\nHost: m\r\n";
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: m\r\n\r\n";

  private static Map<String, String> cases() {
    Map<String, String> cases = new LinkedHashMap<>();
    String lengthAndChunked = "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    cases.put("length and chunked", POST + lengthAndChunked + SMUGGLED);
    cases.put(
        "chunked and length",
        POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED);
    cases.put("two lengths", POST + "Content-Length: 0\r\nContent-Length: 4\r\n\r\nabcd");
    cases.put("two equal lengths", POST + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n");
    cases.put("a list of lengths", POST + "Content-Length: 0, 4\r\n\r\nabcd");
    cases.put("a signed length", POST + "Content-Length: +4\r\n\r\nabcd");
    cases.put("a negative length", POST + "Content-Length: -4\r\n\r\nabcd");
    cases.put("a length in hex", POST + "Content-Length: 0x4\r\n\r\nabcd");
    cases.put("a length beyond measure", POST + "Content-Length: 99999999999999999999\r\n\r\n");
    cases.put("chunked twice", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n");
    cases.put("chunked not last", POST + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n");
    cases.put("another coding first", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
    cases.put(
        "chunks in HTTP/1.0",
        "POST /invocations HTTP/1.0\r\nHost: m\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    cases.put(
        "a length in disguise",
        POST + "Content_Length: 40\r\nContent-Length: 0\r\n\r\n" + SMUGGLED);
    cases.put("a space before the colon", POST + "Content-Length : 4\r\n\r\nabcd");
    cases.put("a space before a coding", POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n");
    cases.put("a folded line", POST + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n");
    cases.put("a bare line feed", "GET /ping HTTP/1.1\nHost: m\n\n");
    cases.put("a bare line feed in headers", "GET /ping HTTP/1.1\r\nHost: m\nX: y\r\n\r\n");
    cases.put("a bare carriage return", "GET /ping HTTP/1.1\r\nHost: m\rX: y\r\n\r\n");
    cases.put("a NUL in a header", "GET /ping HTTP/1.1\r\nHost: m\r\nX: a\u0000b\r\n\r\n");
    cases.put("a NUL in the path", "GET /pi\u0000ng HTTP/1.1\r\nHost: m\r\n\r\n");
    cases.put("two hosts", "GET /ping HTTP/1.1\r\nHost: m\r\nHost: n\r\n\r\n");
    cases.put("no host", "GET /ping HTTP/1.1\r\n\r\n");
    cases.put("an absolute form for another host", "GET http://n/ping HTTP/1.1\r\nHost: m\r\n\r\n");
    cases.put("HTTP/0.9", "GET /ping\r\n");
    cases.put("HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    cases.put("an unknown version", "GET /ping HTTP/1.7\r\nHost: m\r\n\r\n");
    cases.put("a header without a colon", "GET /ping HTTP/1.1\r\nHost: m\r\nnonsense\r\n\r\n");
    cases.put("a header without a name", "GET /ping HTTP/1.1\r\nHost: m\r\n: x\r\n\r\n");
    cases.put("dots in the path", "GET /sentiment/%2e%2e/admin HTTP/1.1\r\nHost: m\r\n\r\n");
    cases.put("an empty segment", "GET /sentiment//evil.example/x HTTP/1.1\r\nHost: m\r\n\r\n");
    cases.put(
        "headers of 40 KiB",
        "GET /ping HTTP/1.1\r\nHost: m\r\nX: " + "x".repeat(40 << 10) + "\r\n\r\n");
    return cases;
  }

  @Test
  void whatIsAmbiguousIsRefusedAndReachesNobody() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream)) {
      for (Map.Entry<String, String> test : cases().entrySet()) {
        try (RawClient client = gateway.connect()) {
          String outcome = outcome(client, test.getValue());
          assertThat(outcome)
              .as(test.getKey())
              .matches("400|404|417|426|431|505|closed without an answer|reset");
          assertThat(upstream.requests).as(test.getKey()).isEmpty();
        }
      }
      try (RawClient client = gateway.connect()) {
        assertThat(client.get("/ping").status()).isEqualTo(200);
      }
    }
  }

  private static String outcome(RawClient client, String request) throws IOException {
    try {
      HttpMessage response = client.send(request).tryReceive();
      if (response == null) {
        return "closed without an answer";
      }
      assertThat(response.header("Server")).isEmpty();
      return Integer.toString(response.status());
    } catch (SocketException _) {
      return "reset";
    }
  }

  @Test
  void aBadChunkEndsTheCallAndNothingFollows() throws IOException {
    for (String chunk : new String[] {"zz\r\n", "-1\r\n", "ffffffffffffffffff\r\n", "3\r\nabcX"}) {
      try (RawServer upstream =
              new RawServer(
                  (request, socket) -> {
                    request.body();
                    RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                  });
          TestGateway gateway = TestGateway.before(upstream);
          RawClient client = gateway.connect()) {
        String request = POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk + SMUGGLED;
        assertThat(outcome(client, request)).as(chunk).isNotEqualTo("200");
        assertThat(upstream.requests)
            .as(chunk)
            .noneMatch(seen -> seen.startLine().contains("smuggled"));
      }
    }
  }

  @Test
  void theAuthorityOfAnAbsoluteFormDecidesNothing() throws IOException {
    try (RawServer other = RawServer.answeringJson("{}");
        RawServer upstream = RawServer.answeringJson("{}");
        TestGateway gateway = TestGateway.before(upstream);
        RawClient client = gateway.connect()) {
      String authority = other.uri().getAuthority();
      client.send("GET http://" + authority + "/ping HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
      client.receive();
      assertThat(other.connections).hasValue(0);
      assertThat(upstream.onlyRequest().startLine()).isEqualTo("GET /ping HTTP/1.1");
    }
  }
}
