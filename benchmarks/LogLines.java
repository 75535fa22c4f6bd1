import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Log lines as a dozen applications write them, from a seed: serving and training of models, web
/// servers, databases, queues. Ids, addresses and measured numbers are random, the rest repeats.
final class LogLines {
  private static final String[] LEVELS = {"info", "info", "info", "info", "debug", "warn", "error"};
  private static final String[] PATHS = {
    "/predict", "/invocations", "/health", "/api/v1/users", "/api/v1/orders", "/static/app.js"
  };
  private static final String[] MODELS = {"sentiment", "churn", "fraud", "ranker"};

  private final SplittableRandom random;
  private final StringBuilder line = new StringBuilder(512);

  LogLines(long seed) {
    random = new SplittableRandom(seed);
  }

  /// How many kinds of applications there are.
  static int applications() {
    return 12;
  }

  byte[] next(int application, long timestampNs) {
    line.setLength(0);
    switch (application % applications()) {
      case 0, 1 -> serving(timestampNs);
      case 2 -> training();
      case 3, 4 -> logfmt(timestampNs);
      case 5, 6 -> access(timestampNs);
      case 7 -> java(timestampNs);
      case 8 -> database(timestampNs);
      case 9 -> queue();
      case 10 -> python(timestampNs);
      default -> kernel(timestampNs);
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void serving(long ns) {
    add("{\"ts\":\"").time(ns).add("\",\"level\":\"").add(pick(LEVELS)).add("\",\"logger\":\"scorer\",");
    add("\"msg\":\"prediction served\",\"model\":\"").add(pick(MODELS)).add("\",\"version\":\"3\",");
    add("\"request_id\":\"").hex(32).add("\",\"latency_ms\":").decimal(80).add(",\"status\":");
    add(random.nextInt(50) == 0 ? "500" : "200").add(",\"confidence\":").decimal(1);
    add(",\"client\":\"10.0.").number(256).add(".").number(256).add("\"}");
  }

  private void training() {
    add("epoch ").number(100).add("/100 step ").number(100_000).add("/100000 - loss: ").decimal(3);
    add(" - accuracy: ").decimal(1).add(" - val_loss: ").decimal(3).add(" - val_accuracy: ").decimal(1);
    add(" - lr: 0.0010 - grad_norm: ").decimal(10).add(" - 38ms/step");
  }

  private void logfmt(long ns) {
    add("time=").time(ns).add(" level=").add(pick(LEVELS)).add(" caller=handler.go:").number(400);
    add(" msg=\"request completed\" method=POST path=").add(pick(PATHS)).add(" status=");
    add(random.nextInt(40) == 0 ? "503" : "200").add(" duration=").decimal(900).add("ms bytes=");
    number(60_000).add(" trace_id=").hex(16).add(" user=").number(5_000);
  }

  private void access(long ns) {
    number(256).add(".").number(256).add(".").number(256).add(".").number(256).add(" - - [").time(ns);
    add("] \"GET ").add(pick(PATHS)).add("?id=").number(1_000_000).add(" HTTP/1.1\" ");
    add(random.nextInt(30) == 0 ? "404" : "200").add(" ").number(40_000);
    add(" \"https://example.org/start\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)");
    add(" Chrome/1").number(30).add(".0.0.0 Safari/537.36\" rt=").decimal(2);
  }

  private void java(long ns) {
    time(ns).add(" INFO  [pool-").number(8).add("-thread-").number(64).add("] o.e.orders.OrderService : Order ");
    number(10_000_000).add(" of customer ").number(50_000).add(" accepted, total ").decimal(500);
    add(" EUR, reserved in warehouse ").number(12).add(", correlation ").hex(12);
  }

  private void database(long ns) {
    time(ns).add(" UTC [").number(32_000).add("] LOG:  duration: ").decimal(300);
    add(" ms  statement: SELECT id, name, price FROM products WHERE category_id = ").number(300);
    add(" AND price < ").decimal(100).add(" ORDER BY price LIMIT 50");
  }

  private void queue() {
    add("[consumer-group=features] partition ").number(48).add(" offset ").number(1_000_000_000);
    add(" lag ").number(900).add(" committed in ").decimal(20).add(" ms by member feature-worker-").number(16);
    add("-").hex(8);
  }

  private void python(long ns) {
    time(ns).add(" WARNING features.py:").number(300).add(" feature 'days_since_login' missing for user ");
    number(5_000_000).add(", imputed with median 12.5 (batch ").hex(8).add(")");
  }

  private void kernel(long ns) {
    add("host kernel: [").number(9_999_999).add(".").number(999_999);
    add("] nvme nvme0: I/O ").number(1024).add(" QID ").number(32).add(" timeout, completion polled");
  }

  private LogLines add(String text) {
    line.append(text);
    return this;
  }

  private LogLines number(int below) {
    line.append(random.nextInt(below));
    return this;
  }

  private LogLines decimal(double below) {
    int tenThousandths = random.nextInt((int) (below * 10_000));
    line.append(tenThousandths / 10_000).append('.');
    String rest = Integer.toString(10_000 + tenThousandths % 10_000);
    line.append(rest, 1, rest.length());
    return this;
  }

  private LogLines hex(int digits) {
    for (int i = 0; i < digits; i++) {
      line.append(Character.forDigit(random.nextInt(16), 16));
    }
    return this;
  }

  private LogLines time(long ns) {
    line.append(java.time.Instant.ofEpochSecond(ns / 1_000_000_000, ns % 1_000_000_000 / 1_000_000 * 1_000_000));
    return this;
  }

  private String pick(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
