package dev.sightline.wire.exposition;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The text formats in which metrics are shown, named as in Prometheus's configuration.
public enum ExpositionFormat {
  PROMETHEUS_TEXT("PrometheusText0.0.4", "text/plain; version=0.0.4; charset=utf-8"),
  OPEN_METRICS(
      "OpenMetricsText1.0.0", "application/openmetrics-text; version=1.0.0; charset=utf-8");

  /// What a scrape asks for, in the order and with the weights of Prometheus 3.
  public static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
          + "application/openmetrics-text;version=0.0.1;q=0.5,"
          + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
          + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

  private final String protocol;
  private final String contentType;

  ExpositionFormat(String protocol, String contentType) {
    this.protocol = protocol;
    this.contentType = contentType;
  }

  /// As `fallback_scrape_protocol` names it.
  public String protocol() {
    return protocol;
  }

  /// For the answer that carries this format.
  public String contentType() {
    return contentType;
  }

  /// @return the format that a `Content-Type` declares, or null where it declares none of them
  public static @Nullable ExpositionFormat declaredBy(@Nullable String contentType) {
    if (contentType == null) {
      return null;
    }
    int semicolon = contentType.indexOf(';');
    String mediaType = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return switch (mediaType.strip().toLowerCase(Locale.ROOT)) {
      case "application/openmetrics-text" -> OPEN_METRICS;
      case "text/plain" -> PROMETHEUS_TEXT;
      default -> null;
    };
  }

  /// @return the format that a name such as `PrometheusText1.0.0` stands for, or null
  public static @Nullable ExpositionFormat ofProtocol(String protocol) {
    return switch (protocol) {
      case "PrometheusText0.0.4", "PrometheusText1.0.0" -> PROMETHEUS_TEXT;
      case "OpenMetricsText0.0.1", "OpenMetricsText1.0.0" -> OPEN_METRICS;
      default -> null;
    };
  }
}
