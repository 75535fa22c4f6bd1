package dev.sightline.gateway.route;

/// A request that the gateway answers itself, because it can go to no model.
public enum Refusal {
  METHOD("method", 405, "the gateway takes no CONNECT, no TRACE and no request without a path"),
  CODING("coding", 400, "Transfer-Encoding must be chunked, in HTTP/1.1"),
  LOOKALIKE(
      "lookalike",
      400,
      "a header that some servers would take for Content-Length or Transfer-Encoding"),
  UPGRADE("upgrade", 501, "the gateway speaks HTTP/1.1 and upgrades to no other protocol"),
  NO_MODEL("no_model", 404, "no model behind this gateway; add one with an upstream to models");

  private final String reason;
  private final int status;
  private final String message;

  Refusal(String reason, int status, String message) {
    this.reason = reason;
    this.status = status;
    this.message = message;
  }

  /// As the value of a label.
  public String reason() {
    return reason;
  }

  public int status() {
    return status;
  }

  public String message() {
    return message;
  }
}
