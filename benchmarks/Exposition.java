import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// A target with many series whose values change at every scrape.
///
/// Usage: `java Exposition.java PORT SERIES` (port 0 = any; it is printed).
final class Exposition {
  private static long scrapes;

  public static void main(String[] arguments) throws IOException {
    int series = Integer.parseInt(arguments[1]);
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
            0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] text = text(series).getBytes(StandardCharsets.US_ASCII);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static String text(int series) {
    scrapes++;
    StringBuilder text = new StringBuilder("# TYPE load_total counter\n");
    for (int i = 0; i < series; i++) {
      text.append("load_total{shard=\"").append(i % 50).append("\",item=\"").append(i);
      text.append("\"} ").append(scrapes * (i % 97 + 1)).append('\n');
    }
    return text.toString();
  }
}
