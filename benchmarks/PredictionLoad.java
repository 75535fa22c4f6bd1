import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Sends predictions of 20 features in calls of 1,000 rows over several connections, and prints rows
/// a second and rows per processor second of the server. Bodies are made before the clock starts;
/// only ids are written into them on the way.
///
/// Arguments: port, process id of the server, connections, `json` or `ndjson`, rows, the first id.
public final class PredictionLoad {
  private static final int BATCH = 1_000;
  private static final int FEATURES = 20;
  private static final int BODIES = 4;
  private static final int ID_DIGITS = 12;
  private static final long CLOCK_TICKS = 100;

  private final int port;
  private final boolean lines;
  private final long rows;
  private final AtomicLong nextId;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  private PredictionLoad(int port, boolean lines, long rows, long firstId) {
    this.port = port;
    this.lines = lines;
    this.rows = rows;
    this.nextId = new AtomicLong(firstId);
  }

  public static void main(String[] arguments) throws Exception {
    PredictionLoad load =
        new PredictionLoad(
            Integer.parseInt(arguments[0]),
            arguments[3].equals("ndjson"),
            Long.parseLong(arguments[4]),
            Long.parseLong(arguments[5]));
    load.run(arguments[1], Integer.parseInt(arguments[2]));
  }

  private void run(String process, int connections) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Body[] bodies = bodies(i);
      threads.add(Thread.ofPlatform().unstarted(() -> send(bodies)));
    }
    long startNs = System.nanoTime();
    double startCpu = processorSeconds(process);
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - startNs) / 1e9;
    double cpu = processorSeconds(process) - startCpu;
    System.out.printf(
        Locale.ROOT,
        "%d connections, %s: %,d rows in %.1f s: %,.0f rows/s, %,.0f rows per processor second of"
            + " the server, %d calls refused, server resident %s%n",
        connections,
        lines ? "lines" : "list",
        sent.get(),
        seconds,
        sent.get() / seconds,
        sent.get() / cpu,
        refused.get(),
        resident(process));
  }

  private static double processorSeconds(String process) throws IOException {
    String stat = Files.readString(Path.of("/proc", process, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) CLOCK_TICKS;
  }

  private static String resident(String process) throws IOException {
    return Files.readString(Path.of("/proc", process, "status"))
        .lines()
        .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList()
        .toString();
  }

  /// A call whose ids stand at known places.
  private record Body(byte[] bytes, int[] idPlaces) {}

  private Body[] bodies(int connection) {
    Body[] bodies = new Body[BODIES];
    for (int i = 0; i < BODIES; i++) {
      bodies[i] = body(new SplittableRandom(connection * 100L + i));
    }
    return bodies;
  }

  private Body body(SplittableRandom random) {
    StringBuilder text = new StringBuilder(lines ? "" : "[");
    int[] places = new int[BATCH];
    for (int row = 0; row < BATCH; row++) {
      if (row > 0) {
        text.append(lines ? '\n' : ',');
      }
      text.append("{\"id\":\"p-");
      places[row] = text.length();
      text.append("0".repeat(ID_DIGITS)).append("\",\"features\":{");
      text.append("\"country\":\"country").append(random.nextInt(10)).append('"');
      for (int feature = 1; feature < FEATURES; feature++) {
        text.append(",\"feature_").append(feature).append("\":");
        text.append(feature % 2 == 0 ? random.nextDouble() : random.nextInt(1_000) / 100.0);
      }
      double p = random.nextDouble();
      text.append("},\"prediction\":\"").append(p > 0.5 ? "yes" : "no");
      text.append("\",\"confidence\":").append(Math.max(p, 1 - p)).append(",\"latency_ms\":2.5}");
    }
    text.append(lines ? '\n' : ']');
    byte[] content = text.toString().getBytes(StandardCharsets.US_ASCII);
    String head =
        "POST /api/models/v1/m/predictions HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nContent-Type: "
            + (lines ? "application/x-ndjson" : "application/json")
            + "\r\nContent-Length: "
            + content.length
            + "\r\n\r\n";
    byte[] whole = (head + text).getBytes(StandardCharsets.US_ASCII);
    for (int row = 0; row < BATCH; row++) {
      places[row] += head.length();
    }
    return new Body(whole, places);
  }

  private void send(Body[] bodies) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      for (int call = 0; sent.get() < rows; call++) {
        Body body = bodies[call % BODIES];
        long id = nextId.getAndAdd(BATCH);
        for (int place : body.idPlaces) {
          long left = id++;
          for (int digit = ID_DIGITS - 1; digit >= 0; digit--) {
            body.bytes[place + digit] = (byte) ('0' + left % 10);
            left /= 10;
          }
        }
        int status;
        do {
          out.write(body.bytes);
          status = answer(in);
          if (status == 503) {
            refused.incrementAndGet();
          }
        } while (status == 503);
        if (status != 200) {
          throw new IllegalStateException("status " + status);
        }
        sent.addAndGet(BATCH);
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static int answer(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    int length = -1;
    boolean chunked = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding: chunked");
    }
    if (chunked) {
      for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
        in.skipNBytes(size);
        line(in);
      }
      line(in);
    } else {
      in.skipNBytes(length);
    }
    return status;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
