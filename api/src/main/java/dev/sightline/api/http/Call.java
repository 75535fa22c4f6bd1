package dev.sightline.api.http;

import dev.sightline.api.auth.Caller;
import dev.sightline.listener.PatientEndPoint;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// One call of a route: its parameters, headers and body.
///
/// Owned by the thread that answers it.
public final class Call {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Request request;
  private final Map<String, String> pathParameters;
  private final Caller caller;
  private final RequestBody bodies;
  private @Nullable FormFields fields;

  Call(Request request, Map<String, String> pathParameters, Caller caller, RequestBody bodies) {
    this.request = request;
    this.pathParameters = pathParameters;
    this.caller = caller;
    this.bodies = bodies;
  }

  public String method() {
    return request.getMethod();
  }

  public Caller caller() {
    return caller;
  }

  /// @param name as it stands in the route's template
  public String path(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalStateException("BUG: the path of this route has no {" + name + "}");
    }
    return value;
  }

  /// The first value of a parameter of the form or the query, in this order.
  ///
  /// @return null where it is absent
  public @Nullable String parameter(String name) {
    return fields().first(name);
  }

  /// The first value of a parameter of the query; the body stays unread, even where it calls itself
  /// a form.
  ///
  /// @return null where it is absent
  public @Nullable String queryParameter(String name) {
    FormFields inQuery = new FormFields();
    String query = request.getHttpURI().getQuery();
    if (query != null) {
      inQuery.add(query, "query string");
    }
    return inQuery.first(name);
  }

  /// Every value of a parameter, those of the form first.
  public List<String> parameters(String name) {
    return fields().all(name);
  }

  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  /// The media type of the body in lower case, without its parameters; empty where none is given.
  public String mediaType() {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null) {
      return "";
    }
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /// Whether the caller wants to go on over a WebSocket, in the way of HTTP/1.1.
  public boolean asksForWebSocket() {
    return Conversations.isAskedFor(request);
  }

  /// The body, decompressed. May be read once.
  ///
  /// @throws ApiException if it is over a limit, too slow or not what its headers say
  public byte[] body() {
    return bodies.read(
        Content.Source.asInputStream(request),
        request.getLength(),
        request.getHeaders().get(HttpHeader.CONTENT_ENCODING));
  }

  /// The body as it was sent, for handlers that decode one content coding themselves. May be read
  /// once, and not beside [#body].
  ///
  /// @throws ApiException as [#body], and where the body is in another coding
  public byte[] bodyIn(String coding) {
    String sent = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    if (sent != null && !sent.strip().equalsIgnoreCase(coding)) {
      throw new ApiException(
          new ApiError(
              415, "bad_data", "Content-Encoding must be " + coding + ", not " + sent.strip()));
    }
    return bodies.read(Content.Source.asInputStream(request), request.getLength(), null);
  }

  /// The body as it comes, decompressed, for handlers that need not hold all of it; reading it
  /// throws [ApiException] as [#body]. May be read once, and not beside [#body].
  public InputStream stream() {
    return bodies.stream(
        Content.Source.asInputStream(request),
        request.getLength(),
        request.getHeaders().get(HttpHeader.CONTENT_ENCODING));
  }

  /// Says, whenever it is asked, whether the caller still waits; to be asked now and then by work
  /// that takes long, once the body has been read.
  public BooleanSupplier waits() {
    AtomicBoolean gone = new AtomicBoolean();
    AtomicBoolean asked = new AtomicBoolean();
    request.addFailureListener(_ -> gone.set(true));
    // A caller who waits for an answer is silent, and not idle: as long as somebody asks.
    request.addIdleTimeoutListener(_ -> !asked.getAndSet(false));
    PatientEndPoint socket =
        PatientEndPoint.below(request.getConnectionMetaData().getConnection().getEndPoint());
    return () -> {
      asked.set(true);
      return !gone.get() && !socket.hasLeft();
    };
  }

  /// How the caller reaches this process: `http://HOST:PORT`.
  public String origin() {
    return (request.isSecure() ? "https://" : "http://") + request.getHttpURI().getAuthority();
  }

  private FormFields fields() {
    FormFields known = fields;
    if (known == null) {
      known = new FormFields();
      if (method().equals("POST") && mediaType().equals(FORM)) {
        known.add(new String(body(), StandardCharsets.UTF_8), "form");
      }
      String query = request.getHttpURI().getQuery();
      if (query != null) {
        known.add(query, "query string");
      }
      fields = known;
    }
    return known;
  }
}
