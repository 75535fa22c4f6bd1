package dev.sightline.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.RawConnection;
import dev.sightline.api.TestServer;
import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.auth.Permission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that take all the time in the world must not take it from others.
class SlowClientsTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(10, 8_192, Duration.ofMillis(300), Duration.ofSeconds(1), 10_000, 10_000, 100);
  private static final String GET = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private TestServer server;

  @BeforeEach
  void open() {
    server = new TestServer(routes(), AuthConfig.OFF, LIMITS, null);
  }

  private static Routes routes() {
    Routes routes = new Routes();
    for (String method : List.of("GET", "POST")) {
      routes.add(
          new Route(
              method,
              PathTemplate.of("/hello"),
              Permission.QUERY,
              "",
              List.of(),
              call -> Reply.text(200, "hello " + call.body().length)));
    }
    return routes;
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aHeaderThatNeverEndsClosesItsConnection() {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send("GET /hello HTTP/1.1\r\nHost: loc");
      assertThat(connection.readToEnd()).doesNotContain("200");
    }
    assertThat(server.meters().read().toString()).contains("slow_header");
  }

  @Test
  void alsoTheSecondHeaderOfAConnectionMustEnd() {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(GET);
      assertThat(connection.readUntil("hello 0")).startsWith("HTTP/1.1 200");
      connection.send("GET /hello HT");
      assertThat(connection.readToEnd()).doesNotContain("200");
    }
    assertThat(server.meters().read().toString()).contains("slow_header");
  }

  @Test
  void aBodyThatNeverEndsIsGivenUp() {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send("POST /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345");
      assertThat(connection.readToEnd()).startsWith("HTTP/1.1 408");
    }
  }

  /// Here headers may take a minute: nothing but the crowd itself makes room.
  @Test
  void aCrowdOfHalfRequestsMakesRoomForAWholeOne() {
    HttpLimits patient =
        new HttpLimits(
            10, 8_192, Duration.ofMinutes(1), Duration.ofMinutes(1), 10_000, 10_000, 100);
    List<RawConnection> crowd = new ArrayList<>();
    try (TestServer crowded = new TestServer(routes(), AuthConfig.OFF, patient, null)) {
      for (int i = 0; i < 40; i++) {
        RawConnection half = new RawConnection(crowded.port());
        half.send("GET /hello");
        crowd.add(half);
      }
      try (RawConnection whole = new RawConnection(crowded.port())) {
        whole.send(GET);
        assertThat(whole.readUntil("hello 0")).startsWith("HTTP/1.1 200");
      }
      assertThat(crowded.meters().read().toString()).contains("too_many_connections");
    } finally {
      crowd.forEach(RawConnection::close);
    }
  }
}
