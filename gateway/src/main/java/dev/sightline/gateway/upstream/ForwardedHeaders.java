package dev.sightline.gateway.upstream;

import dev.sightline.listener.RequestIds;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// Carries headers from one side to the other as they are, in order and with repetitions, without
/// those that concern only one connection (RFC 9110, 7.6.1). Names of well-known headers come out
/// in their usual case.
public final class ForwardedHeaders {
  public static final String REQUEST_ID = RequestIds.HEADER;

  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private ForwardedHeaders() {}

  /// The `Host` becomes the upstream's, as in a call without a gateway. `Expect` is answered here:
  /// the body is asked for when the upstream takes it.
  public static void copyRequest(
      HttpFields from, HttpFields.Mutable to, String host, String requestId) {
    Set<String> named = namedByConnection(from);
    boolean identified = false;
    for (HttpField field : from) {
      String name = field.getLowerCaseName();
      if (field.getHeader() == HttpHeader.HOST) {
        to.add(HttpHeader.HOST, host);
      } else if (name.equals("x-request-id")) {
        if (!identified) {
          to.add(new HttpField(field.getName(), requestId));
        }
        identified = true;
      } else if (!isHopByHop(name, named) && field.getHeader() != HttpHeader.EXPECT) {
        to.add(field);
      }
    }
    if (!from.contains(HttpHeader.HOST)) {
      to.add(HttpHeader.HOST, host);
    }
    if (!identified) {
      to.add(REQUEST_ID, requestId);
    }
  }

  /// The request id is ours even where the upstream answers with another: it is the one by which a
  /// ground truth finds its prediction.
  public static void copyResponse(HttpFields from, HttpFields.Mutable to, String requestId) {
    Set<String> named = namedByConnection(from);
    for (HttpField field : from) {
      String name = field.getLowerCaseName();
      if (!isHopByHop(name, named) && !name.equals("x-request-id")) {
        to.add(field);
      }
    }
    to.add(REQUEST_ID, requestId);
  }

  private static boolean isHopByHop(String lowerCaseName, Set<String> named) {
    return HOP_BY_HOP.contains(lowerCaseName) || named.contains(lowerCaseName);
  }

  private static Set<String> namedByConnection(HttpFields fields) {
    List<String> options = fields.getCSV(HttpHeader.CONNECTION, false);
    if (options.isEmpty()) {
      return Set.of();
    }
    Set<String> named = new HashSet<>();
    options.forEach(option -> named.add(option.toLowerCase(Locale.ROOT)));
    // These describe the message, and are not an option of a connection whoever says so.
    named.removeAll(Set.of("content-length", "content-type", "host"));
    return named;
  }
}
