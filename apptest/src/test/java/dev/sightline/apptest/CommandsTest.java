package dev.sightline.apptest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that ask a running server.
class CommandsTest {
  private static final int LINES = 20_000;

  @TempDir Path directory;

  @Test
  void answersLargerThanAnyBufferComeWhole() throws Exception {
    try (ServerProcess server = ServerProcess.start(directory.resolve("data"), 0, "serve")) {
      pushLines(server);
      linesAreExported(server);
      rowsAreSelected(server);
      assertThat(server.terminate()).isZero();
    }
  }

  private static void pushLines(ServerProcess server) {
    long nowNs = System.currentTimeMillis() * 1_000_000;
    String values =
        IntStream.range(0, LINES)
            .mapToObj(i -> "[\"" + (nowNs - i) + "\", \"" + line(i) + "\"]")
            .collect(Collectors.joining(","));
    String push = "{\"streams\": [{\"stream\": {\"app\": \"a\"}, \"values\": [" + values + "]}]}";
    assertThat(server.post("/loki/api/v1/push", push).statusCode()).isEqualTo(204);
  }

  private static String line(int number) {
    return "request " + number + " took " + number % 97 + " ms";
  }

  private void linesAreExported(ServerProcess server) throws Exception {
    Path file = directory.resolve("lines.ndjson");
    ServerProcess.Ended ended = export(server, "{app=\"a\"}", file);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.status()).isZero();
    String exported = Files.readString(file);
    assertThat(exported.lines()).hasSize(LINES);
    assertThat(exported).contains(line(0)).contains(line(LINES - 1));

    Path parquet = directory.resolve("lines.parquet");
    assertThat(export(server, "{app=\"a\"}", parquet).status()).isZero();
    byte[] bytes = Files.readAllBytes(parquet);
    assertThat(new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");

    ServerProcess.Ended refused = export(server, "{app=", directory.resolve("none.ndjson"));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output()).startsWith("sightline: ").contains("parse error");
    assertThat(directory.resolve("none.ndjson")).doesNotExist();
  }

  private static ServerProcess.Ended export(ServerProcess server, String query, Path file)
      throws Exception {
    return ServerProcess.runToEnd(
        "logs",
        "export",
        "--url",
        server.server().toString(),
        "--query",
        query,
        "--output",
        file.toString());
  }

  private static void rowsAreSelected(ServerProcess server) throws Exception {
    ServerProcess.Ended ended =
        ServerProcess.runToEnd(
            "query",
            "--url",
            server.server().toString(),
            "--limit",
            "100000",
            "--sql",
            "SELECT range AS n FROM range(100000)");
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output().lines()).hasSize(100_001).startsWith("n", "0", "1");
  }
}
