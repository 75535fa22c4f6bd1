package dev.sightline.collect.mlflow;

import dev.sightline.model.registry.Artifact;
import dev.sightline.model.registry.Artifacts.ArtifactException;
import dev.sightline.model.registry.Artifacts.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Reads files of runs and of versions through a tracking server, wherever it keeps them.
///
/// Safe for any number of threads: each file has a connection of its own.
final class MlflowFiles {
  static final long MOST_BYTES = 2L << 30;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final MlflowJob job;
  private final long mostBytes;

  MlflowFiles(MlflowJob job) {
    this(job, MOST_BYTES);
  }

  /// @param mostBytes of one file
  MlflowFiles(MlflowJob job, long mostBytes) {
    this.job = job;
    this.mostBytes = mostBytes;
  }

  /// @throws ArtifactException if there is no such file, or it cannot be read to its end
  <T> T read(Artifact what, Function<InputStream, T> reader) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    try (MlflowClient client = new MlflowClient(job)) {
      var _ =
          end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .whenComplete((_, late) -> closeIf(late != null, client));
      HttpResponse<InputStream> answer = client.ask(address(what));
      try (InputStream file = answer.body()) {
        check(what, answer.statusCode(), file);
        return reader.apply(new BoundedStream(file, mostBytes));
      }
    } catch (UncheckedIOException broken) {
      throw unread(Objects.requireNonNull(broken.getCause()));
    } catch (IOException broken) {
      throw unread(broken);
    } finally {
      end.complete(null);
    }
  }

  private static void check(Artifact what, int status, InputStream body) throws IOException {
    if (status != 200) {
      String said = MlflowClient.start(body.readNBytes(MlflowClient.SHOWN_BYTES));
      boolean isAskedWrongly = status == 400 || status == 404;
      throw new ArtifactException(
          isAskedWrongly ? Fault.ASKED : Fault.ANSWERED,
          "MLflow answers " + status + " for " + what.path() + ": " + said);
    }
  }

  private static void closeIf(boolean late, MlflowClient client) {
    if (late) {
      client.close();
    }
  }

  private ArtifactException unread(IOException failure) {
    return failure instanceof TooLargeException tooLarge
        ? new ArtifactException(Fault.ASKED, String.valueOf(tooLarge.getMessage()))
        : new ArtifactException(
            Fault.ANSWERED,
            "no file, or not all of it, from " + job.trackingUri() + ": " + failure.getMessage());
  }

  /// What the server's own pages ask for.
  private static String address(Artifact what) {
    return switch (what) {
      case Artifact.OfRun(String run, String path) ->
          "/get-artifact?run_uuid=" + run + "&path=" + encoded(path);
      case Artifact.OfVersion(String model, String version, String path) ->
          "/model-versions/get-artifact?name="
              + encoded(model)
              + "&version="
              + encoded(version)
              + "&path="
              + encoded(path);
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static final class TooLargeException extends IOException {
    TooLargeException(long bytes) {
      super("the file is larger than " + bytes + " bytes");
    }
  }

  /// The bytes of another stream, up to a number.
  private static final class BoundedStream extends InputStream {
    private final InputStream from;
    private final long most;
    private long read;

    BoundedStream(InputStream from, long most) {
      this.from = from;
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      int one = from.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int found = from.read(into, offset, length);
      count(Math.max(0, found));
      return found;
    }

    private void count(int more) throws IOException {
      read += more;
      if (read > most) {
        throw new TooLargeException(most);
      }
    }

    @Override
    public void close() throws IOException {
      from.close();
    }
  }
}
