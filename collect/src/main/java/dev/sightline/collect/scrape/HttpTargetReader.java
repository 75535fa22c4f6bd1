package dev.sightline.collect.scrape;

import dev.sightline.collect.scrape.HttpConnection.Head;
import dev.sightline.model.time.Clock;
import dev.sightline.wire.exposition.ExpositionFormat;
import dev.sightline.wire.outgoing.AddressRule;
import dev.sightline.wire.outgoing.AuthorizationHeader;
import dev.sightline.wire.outgoing.TlsContext;
import dev.sightline.wire.yaml.DurationText;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Fetches a target's metrics over HTTP, on a connection that it keeps between scrapes.
final class HttpTargetReader implements TargetReader {
  private static final int MAX_REDIRECTS = 3;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int FIRST_BUFFER_BYTES = 16 << 10;

  /// A larger buffer is given back after the scrape: most targets need a fraction of it.
  private static final int KEPT_BUFFER_BYTES = 1 << 20;

  private static final String BODY_ENDED = "the body is broken: ";

  private final HttpUrl home;
  private final ScrapeJob job;
  private final Clock clock;
  private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
  private volatile @Nullable HttpConnection connection;
  private volatile boolean closed;
  private @Nullable TlsContext tls;
  private String connectedTo = "";

  HttpTargetReader(Target target, ScrapeJob job, Clock clock) {
    this.home = HttpUrl.of(target.url());
    this.job = job;
    this.clock = clock;
  }

  @Override
  public Body read(Duration timeout) {
    if (buffer.length > KEPT_BUFFER_BYTES) {
      buffer = new byte[FIRST_BUFFER_BYTES];
    }
    long deadlineNs = clock.monotonicNs() + timeout.toNanos();
    try {
      HttpUrl place = home;
      for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        Head head = ask(place, timeout, deadlineNs);
        String location = head.header("location");
        boolean follows = job.endpoint().http().followRedirects();
        if (!REDIRECTS.contains(head.status()) || location == null || !follows) {
          return body(head);
        }
        disconnect();
        place = place.resolve(location);
      }
      throw new ScrapeException("more than " + MAX_REDIRECTS + " redirects");
    } catch (SocketTimeoutException late) {
      disconnect();
      throw new ScrapeException(
          "no complete answer within " + DurationText.format(timeout) + " (scrape_timeout)");
    } catch (IOException failure) {
      disconnect();
      throw new ScrapeException(String.valueOf(failure.getMessage()));
    } catch (ScrapeException failure) {
      disconnect();
      throw failure;
    }
  }

  private Head ask(HttpUrl place, Duration timeout, long deadlineNs) throws IOException {
    String request = request(place, timeout);
    HttpConnection open = connection;
    if (open != null && connectedTo.equals(place.origin())) {
      try {
        return open.request(request, deadlineNs);
      } catch (HttpConnection.Broken broken) {
        // The target closed the connection while it was idle: that is no failure.
        if (broken.answered()) {
          throw broken;
        }
      }
    }
    disconnect();
    HttpConnection fresh = connect(place, deadlineNs);
    connection = fresh;
    if (closed) {
      disconnect();
    }
    connectedTo = place.origin();
    return fresh.request(request, deadlineNs);
  }

  private HttpConnection connect(HttpUrl place, long deadlineNs) throws IOException {
    if (place.isSecure() && tls == null) {
      tls = new TlsContext(job.endpoint().http().tls());
    }
    String host = place.host();
    IOException last = null;
    for (InetAddress address : allowedAddresses(host)) {
      try {
        InetSocketAddress at = new InetSocketAddress(address, place.port());
        return HttpConnection.open(at, place.isSecure() ? tls : null, host, clock, deadlineNs);
      } catch (ConnectException refused) {
        last = new IOException("connect to " + place.authority() + ": " + refused.getMessage());
      }
    }
    throw last == null ? new UnknownHostException(host) : last;
  }

  /// All addresses of a host are checked before the first is tried, so that a name cannot hide one
  /// behind another.
  private static InetAddress[] allowedAddresses(String host) throws UnknownHostException {
    String forbidden = AddressRule.forbidsName(host);
    InetAddress[] addresses = new InetAddress[0];
    if (forbidden == null) {
      try {
        addresses = InetAddress.getAllByName(host);
      } catch (UnknownHostException _) {
        throw new UnknownHostException("the host " + host + " has no address");
      }
    }
    for (int i = 0; i < addresses.length && forbidden == null; i++) {
      forbidden = AddressRule.forbids(addresses[i]);
    }
    if (forbidden != null) {
      throw new ScrapeException("never scraped: " + host + " " + forbidden);
    }
    return addresses;
  }

  private String request(HttpUrl place, Duration timeout) throws IOException {
    ScrapeJob.Http http = job.endpoint().http();
    StringBuilder request = new StringBuilder(512);
    request.append("GET ").append(place.path()).append(" HTTP/1.1\r\n");
    header(request, "Host", place.authority());
    header(request, "User-Agent", "Sightline");
    header(request, "Accept", ExpositionFormat.ACCEPT);
    header(request, "Accept-Encoding", http.compression() ? "gzip" : "identity");
    header(request, "X-Prometheus-Scrape-Timeout-Seconds", seconds(timeout));
    // Credentials go to the configured host and to no other that it may redirect to.
    if (place.origin().equals(home.origin())) {
      if (http.authorization() != null) {
        header(request, "Authorization", AuthorizationHeader.of(http.authorization()));
      }
      http.headers().forEach((name, value) -> header(request, name, value.reveal()));
    }
    return request.append("\r\n").toString();
  }

  private static String seconds(Duration timeout) {
    String text = String.valueOf(timeout.toMillis() / 1000.0);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static void header(StringBuilder request, String name, String value) {
    request.append(name).append(": ").append(value.replaceAll("[\r\n]", "")).append("\r\n");
  }

  private Body body(Head head) throws IOException {
    if (head.status() != 200) {
      disconnect();
      throw new ScrapeException(
          ("server returned HTTP status " + head.status() + " " + head.reason()).strip());
    }
    HttpConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("BUG: an answer without a connection");
    }
    InputStream raw = open.body(head);
    int length;
    try {
      boolean zipped = "gzip".equalsIgnoreCase(head.header("content-encoding"));
      length = fill(zipped ? new GZIPInputStream(raw, 8 << 10) : raw);
      if (zipped) {
        // What ends the body may stand behind the last byte of the compressed text.
        if (raw.read(buffer, length, 1) >= 0) {
          throw new IOException("bytes follow the compressed text");
        }
      }
    } catch (SocketTimeoutException late) {
      throw late;
    } catch (IOException broken) {
      throw new IOException(BODY_ENDED + broken.getMessage(), broken);
    }
    if (HttpConnection.endsWithBody(head)) {
      disconnect();
    }
    return new Body(buffer, length, head.header("content-type"));
  }

  /// Reads everything into the buffer, one byte of which always stays free.
  private int fill(InputStream in) throws IOException {
    long limit = job.limits().bodyBytes() == 0 ? Integer.MAX_VALUE - 16 : job.limits().bodyBytes();
    int length = 0;
    while (true) {
      int count = in.read(buffer, length, buffer.length - length - 1);
      if (count < 0) {
        return length;
      }
      length += count;
      if (length > limit) {
        throw new ScrapeException(
            "body of more than " + limit + " bytes, the limit is body_size_limit");
      }
      if (buffer.length - length <= 1) {
        buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, limit + 2));
      }
    }
  }

  private void disconnect() {
    HttpConnection open = connection;
    if (open != null) {
      connection = null;
      open.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    disconnect();
  }
}
