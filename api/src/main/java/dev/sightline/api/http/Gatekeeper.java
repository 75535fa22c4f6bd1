package dev.sightline.api.http;

import dev.sightline.api.auth.Authenticator;
import dev.sightline.api.auth.Caller;
import dev.sightline.api.auth.Identity;
import dev.sightline.api.auth.Permission;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Decides whether a call may be answered: by the name it was made to, by who makes it, and by the
/// page that made it.
final class Gatekeeper {
  /*
   * Without authentication the loopback address is the only fence, and two attacks climb it from a
   * browser on the same machine. A hostile name that resolves to 127.0.0.1 makes our answers
   * readable to its pages: so only our own names are answered. And any page may post a form to
   * 127.0.0.1: so a call that changes something must come from our own pages, or from no page.
   * The second holds wherever a browser adds the credentials by itself; a bearer token it never adds.
   */
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Authenticator authenticator;
  private final boolean onlyLoopbackNames;

  Gatekeeper(Authenticator authenticator, HttpConfig config) {
    this.authenticator = authenticator;
    this.onlyLoopbackNames = config.auth().isOff() && config.isLoopback();
  }

  /// @throws Refusal if the call was made to a name that is not ours
  void checkHost(Request request) {
    String host = Request.getServerName(request).toLowerCase(Locale.ROOT);
    if (onlyLoopbackNames && !LOOPBACK_NAMES.contains(host)) {
      throw new Refusal(
          "host",
          Reply.error(
              new ApiError(
                  403,
                  "forbidden",
                  "without authentication only the host names localhost, 127.0.0.1 and [::1] are"
                      + " answered; to use another name, set server.auth")));
    }
  }

  /// @throws Refusal if the caller may not do this
  Caller admit(Request request, Permission needed, boolean changes) {
    if (needed == Permission.NONE) {
      return Caller.NOBODY;
    }
    Caller caller = identify(request);
    if (!caller.may(needed)) {
      throw caller.equals(Caller.NOBODY)
          ? unauthorized(request, "this needs a token or a user with the scope " + word(needed))
          : new Refusal("permission", Reply.error(forbidden(caller, needed)));
    }
    if (changes && caller.kind() != Caller.Kind.TOKEN && isFromAnotherSite(request)) {
      throw new Refusal(
          "cross_site",
          Reply.error(new ApiError(403, "forbidden", "refused: a page of another site asked")));
    }
    return caller;
  }

  private Caller identify(Request request) {
    String authorization = authorization(request);
    return switch (authenticator.identify(authorization, Request.getRemoteAddr(request))) {
      case Identity.Known known -> known.caller();
      case Identity.Wrong _ ->
          throw unauthorized(request, "the token, user name or password is wrong");
      case Identity.Throttled throttled ->
          throw new Refusal(
              "throttled",
              Reply.error(
                      new ApiError(
                          429, "unauthorized", "too many wrong passwords, try again later"))
                  .with("Retry-After", Long.toString(throttled.retryAfterSeconds())));
      case Identity.Busy _ ->
          throw new Refusal(
              "busy", Reply.error(ApiError.unavailable("too many passwords to check, try again")));
    };
  }

  /// Clients of whylogs send their token as `X-API-Key`, with `:` and an organization behind it or
  /// without.
  private static @Nullable String authorization(Request request) {
    String key = request.getHeaders().get("X-API-Key");
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (key == null || authorization != null) {
      return authorization;
    }
    int colon = key.lastIndexOf(":org-");
    return "Bearer " + (colon < 0 ? key : key.substring(0, colon));
  }

  /// A browser that navigates may ask for a password. The pages ask for it themselves: a challenge
  /// that their calls see would open the browser's own window on top.
  private Refusal unauthorized(Request request, String message) {
    boolean byPage = "application/json".equals(request.getHeaders().get(HttpHeader.ACCEPT));
    String challenge =
        authenticator.hasUsers() && !byPage
            ? "Basic realm=\"Sightline\", charset=\"UTF-8\""
            : "Bearer realm=\"Sightline\"";
    return new Refusal(
        "credentials",
        Reply.error(new ApiError(401, "unauthorized", message))
            .with("WWW-Authenticate", challenge));
  }

  private static ApiError forbidden(Caller caller, Permission needed) {
    return new ApiError(
        403, "forbidden", "\"" + caller.name() + "\" lacks the scope " + word(needed));
  }

  private static String word(Permission permission) {
    return permission.name().toLowerCase(Locale.ROOT);
  }

  /// Programs send neither of the two headers; browsers always send one.
  private static boolean isFromAnotherSite(Request request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    return origin != null && !origin.equals(ownOrigin(request));
  }

  private static @Nullable String ownOrigin(Request request) {
    String host = request.getHttpURI().getAuthority();
    return host == null ? null : (request.isSecure() ? "https://" : "http://") + host;
  }

  /// A call that is refused, and the answer that says so.
  static final class Refusal extends RuntimeException {
    private final String reason;
    private final Reply reply;

    Refusal(String reason, Reply reply) {
      super(reason, null, false, false);
      this.reason = reason;
      this.reply = reply;
    }

    /// For the meters.
    String reason() {
      return reason;
    }

    Reply reply() {
      return reply;
    }
  }
}
