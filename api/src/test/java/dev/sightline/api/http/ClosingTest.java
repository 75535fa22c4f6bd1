package dev.sightline.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.api.RawConnection;
import dev.sightline.api.TestServer;
import dev.sightline.api.auth.Permission;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  private Reply slow(Call call) {
    begun.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Reply.text(200, "all of the answer");
  }

  @Test
  void callsUnderWayEndAndNewOnesAreNotTaken() throws Exception {
    Routes routes = new Routes();
    routes.add(
        new Route("GET", PathTemplate.of("/slow"), Permission.QUERY, "", List.of(), this::slow));
    TestServer server = new TestServer(routes);
    int port = server.port();
    try (RawConnection call = new RawConnection(port)) {
      call.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
      begun.await();
      Thread closing = Thread.ofVirtual().start(server::close);
      untilRefused(port);
      mayEnd.countDown();
      assertThat(call.readToEnd()).startsWith("HTTP/1.1 200").endsWith("all of the answer");
      closing.join();
    }
  }

  /// Returns when the listener takes no connection any more, which it stops doing soon.
  private static void untilRefused(int port) {
    assertThatThrownBy(
            () -> {
              while (true) {
                new RawConnection(port).close();
              }
            })
        .isInstanceOf(UncheckedIOException.class);
  }
}
