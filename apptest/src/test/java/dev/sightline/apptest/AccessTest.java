package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nobody opens the server to a network without knowing it.
class AccessTest {
  @TempDir Path data;

  @Test
  void anOpenServerIsRefused() throws Exception {
    ServerProcess.Ended ended = ServerProcess.runToEnd(data, "--listen", "0.0.0.0:0");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output())
        .contains("set server.auth", "--i-know-this-is-open")
        .doesNotContain("\tat ");
  }

  @Test
  void anOpenServerThatIsMeantSaysSo() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(data, 0, "--i-know-this-is-open", "--listen", "0.0.0.0:0")) {
      assertThat(server.output()).contains("warning: anyone who reaches 0.0.0.0");
      assertThat(server.json("/api/v1/status/flags").path("data").path("open").asString())
          .isEqualTo("true");
    }
  }
}
