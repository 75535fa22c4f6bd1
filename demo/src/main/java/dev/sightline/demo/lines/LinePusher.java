package dev.sightline.demo.lines;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes the lines of a program to a server that speaks Loki's push API, as an agent beside the
/// program would.
///
/// Nobody waits for it: lines wait in a bounded queue, and one for which there is no room is
/// dropped and counted, and the next push says how many were. A server that is not there, or asks
/// to come again, is sent the same lines again each second.
public final class LinePusher implements LineSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LinePusher.class);
  private static final int LINES_WAITING = 4_096;
  private static final int LINES_AT_ONCE = 512;
  private static final Duration GATHERING = Duration.ofMillis(250);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration LAST_LINES_WITHIN = Duration.ofSeconds(3);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int LONGEST_PROBLEM = 200;

  /// Where lines go.
  private record Receiver(URI push, @Nullable String token) {}

  /// Whether a server has taken lines, will not, or could not now.
  private enum Taken {
    YES,
    NO,
    NOT_NOW
  }

  private final Labels stream;
  private final ArrayBlockingQueue<PushBody.Entry> queue = new ArrayBlockingQueue<>(LINES_WAITING);
  private final CompletableFuture<Receiver> receiver = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong dropped = new AtomicLong();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_WITHIN)
          .build();
  private @Nullable Thread pusher;

  // of the pusher alone
  private long toldDropped;
  private String toldProblem = "";

  private LinePusher(Labels stream) {
    this.stream = stream;
  }

  /// Takes lines from now on, and pushes them once it is told where to.
  ///
  /// @param stream the labels of what it has to say itself, besides `level`
  public static LinePusher start(Labels stream) {
    LinePusher lines = new LinePusher(stream);
    lines.pusher = Thread.ofVirtual().name("demo-lines").start(lines::push);
    return lines;
  }

  /// From now on lines are pushed.
  ///
  /// @param server scheme, host and port
  /// @param token for the server; null where it asks for none
  public void to(URI server, @Nullable String token) {
    receiver.complete(new Receiver(server.resolve("/loki/api/v1/push"), token));
  }

  @Override
  public void offer(long timeMs, Line line) {
    if (!queue.offer(new PushBody.Entry(timeMs, line))) {
      dropped.incrementAndGet();
    }
  }

  /// How many lines were not pushed and never will be.
  public long dropped() {
    return dropped.get();
  }

  /// Pushes what waits, if the server takes it at once.
  @Override
  public void close() {
    receiver.completeExceptionally(new IllegalStateException("closed before it was told where to"));
    closing.countDown();
    Thread running = pusher;
    if (running != null) {
      try {
        running.join(LAST_LINES_WITHIN);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    http.shutdownNow();
  }

  private void push() {
    try {
      Receiver server = receiver.join();
      PushBody body = new PushBody();
      boolean ends = false;
      while (!ends || !queue.isEmpty()) {
        ends = closing.await(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
        List<PushBody.Entry> batch = new ArrayList<>();
        queue.drainTo(batch, LINES_AT_ONCE);
        if (!batch.isEmpty()) {
          deliver(server, body, batch);
        }
      }
    } catch (CompletionException _) {
      dropped.addAndGet(queue.size());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Receiver server, PushBody body, List<PushBody.Entry> batch)
      throws InterruptedException {
    int lines = batch.size();
    long missing = dropped.get() - toldDropped;
    if (missing > 0) {
      long timeMs = batch.getFirst().timeMs();
      batch.addFirst(new PushBody.Entry(timeMs, new Dropped(stream, missing)));
    }
    byte[] bytes = body.of(batch);
    Taken taken = attempt(server, bytes);
    while (taken == Taken.NOT_NOW
        && !closing.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
      taken = attempt(server, bytes);
    }
    if (taken == Taken.YES) {
      toldDropped += missing;
    } else {
      dropped.addAndGet(lines);
    }
  }

  private Taken attempt(Receiver server, byte[] body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.push)
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    if (server.token != null) {
      request.header("Authorization", "Bearer " + server.token);
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      return judge(answer.statusCode(), answer.body());
    } catch (IOException failure) {
      String message = failure.getMessage();
      tell(message == null ? failure.getClass().getSimpleName() : message);
      return Taken.NOT_NOW;
    }
  }

  private Taken judge(int status, String answer) {
    if (status < 300) {
      toldProblem = "";
      return Taken.YES;
    }
    String text = answer.strip();
    tell(status + ": " + text.substring(0, Math.min(text.length(), LONGEST_PROBLEM)));
    return status >= 500 || status == TOO_MANY_REQUESTS ? Taken.NOT_NOW : Taken.NO;
  }

  /// Once, until lines are taken again.
  private void tell(String problem) {
    if (toldProblem.isEmpty() && closing.getCount() > 0) {
      LOG.warn("the lines of the demo's model are not taken: {}", problem);
    }
    toldProblem = problem;
  }

  /// That lines are missing, at the place where they are.
  private record Dropped(Labels origin, long lines) implements Line {
    @Override
    public Labels stream() {
      return origin.with("level", "warn");
    }

    @Override
    public Labels metadata() {
      return Labels.EMPTY;
    }

    @Override
    public String text() {
      return lines
          + " lines are missing before this one: there was no room for them, or they were not taken";
    }
  }
}
