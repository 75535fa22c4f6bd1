package dev.sightline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.sightline.model.registry.Artifact;
import dev.sightline.model.registry.Artifacts.ArtifactException;
import dev.sightline.model.registry.Artifacts.Fault;
import dev.sightline.wire.outgoing.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowFilesTest {
  private static final Artifact OF_RUN = new Artifact.OfRun("r1", "data/a b.csv");

  @TempDir Path directory;
  private @Nullable HttpServer stub;

  @AfterEach
  void close() {
    if (stub != null) {
      stub.stop(0);
    }
  }

  private static MlflowFiles files(URI uri, long mostBytes) {
    return new MlflowFiles(
        new MlflowJob(uri, MlflowJob.USUAL_INTERVAL, Set.of(), null, TlsSettings.DEFAULT),
        mostBytes);
  }

  private static String text(InputStream file) {
    try {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Sends the question back, but for those that begin with `/FAULT`.
  private URI stub() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] said = exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8);
          String path = exchange.getRequestURI().getPath();
          int status = path.startsWith("/500") ? 500 : path.startsWith("/404") ? 404 : 200;
          exchange.sendResponseHeaders(
              status, path.startsWith("/short") ? said.length + 5 : said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    server.start();
    stub = server;
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static ArtifactException refusal(URI uri, long mostBytes) {
    return catchThrowableOfType(
        ArtifactException.class, () -> files(uri, mostBytes).read(OF_RUN, MlflowFilesTest::text));
  }

  @Test
  void aFileIsAskedForByRunOrByVersion() throws IOException {
    MlflowFiles files = files(stub(), 1_000);
    assertThat(files.read(OF_RUN, MlflowFilesTest::text))
        .isEqualTo("/get-artifact?run_uuid=r1&path=data%2Fa+b.csv");
    assertThat(files.read(new Artifact.OfVersion("ch&rn", "3", "x.parquet"), MlflowFilesTest::text))
        .isEqualTo("/model-versions/get-artifact?name=ch%26rn&version=3&path=x.parquet");
  }

  @Test
  void whatIsTooLargeOrBreaksOffIsRefused() throws IOException {
    URI uri = stub();
    ArtifactException tooLarge = refusal(uri, 10);
    assertThat(tooLarge.fault()).isEqualTo(Fault.ASKED);
    assertThat(tooLarge).hasMessage("the file is larger than 10 bytes");
    ArtifactException broken = refusal(uri.resolve("/short"), 1_000);
    assertThat(broken.fault()).isEqualTo(Fault.ANSWERED);
    assertThat(broken).hasMessageStartingWith("no file, or not all of it, from " + uri);
    assertThat(refusal(uri.resolve("/404"), 10).fault()).isEqualTo(Fault.ASKED);
    ArtifactException failed = refusal(uri.resolve("/500"), 10);
    assertThat(failed.fault()).isEqualTo(Fault.ANSWERED);
    assertThat(failed).hasMessageStartingWith("MLflow answers 500 for data/a b.csv: /500/get-");
  }

  @Test
  void aServerThatIsNotThereIsSaid() {
    ArtifactException nobody = refusal(URI.create("http://127.0.0.1:1"), 10);
    assertThat(nobody.fault()).isEqualTo(Fault.ANSWERED);
    assertThat(nobody).hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void aRealServerGivesFilesOfRunsAndOfVersions() throws IOException, InterruptedException {
    try (MlflowServer server = MlflowServer.start(directory)) {
      String made = server.ask("runs/create", "{\"experiment_id\":\"0\"}");
      String run = field(made, "run_id");
      Path data = Path.of(field(made, "artifact_uri")).resolve("data");
      Files.createDirectories(data);
      Files.writeString(data.resolve("a b.csv"), "age\n1\n");
      MlflowFiles files = files(server.address(), 1_000);
      assertThat(files.read(new Artifact.OfRun(run, "data/a b.csv"), MlflowFilesTest::text))
          .isEqualTo("age\n1\n");
      server.post("registered-models/create", "{\"name\":\"churn\"}");
      server.post(
          "model-versions/create",
          "{\"name\":\"churn\",\"source\":\"" + data + "\",\"run_id\":\"" + run + "\"}");
      assertThat(files.read(new Artifact.OfVersion("churn", "1", "a b.csv"), MlflowFilesTest::text))
          .isEqualTo("age\n1\n");
      ArtifactException absent =
          catchThrowableOfType(
              ArtifactException.class,
              () -> files.read(new Artifact.OfRun(run, "data/x.csv"), MlflowFilesTest::text));
      assertThat(absent).hasMessageStartingWith("MLflow answers ");
    }
  }

  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\": ?\"([^\"]+)\"").matcher(json);
    assertThat(found.find()).as(json).isTrue();
    return found.group(1);
  }
}
