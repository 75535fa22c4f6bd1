package dev.sightline.alerting;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What raised an alert, also where its sender says so only in the address that leads back to it.
public final class AlertSource {
  private static final Pattern EXPRESSION = Pattern.compile("[?&]g0\\.expr=([^&#]*)");

  private AlertSource() {}

  /// The expression that the sender named, or the one in the address of a Prometheus's graph; empty
  /// if there is neither.
  public static String expression(Alert alert) {
    String said = alert.expression();
    if (said != null) {
      return said;
    }
    Matcher found = EXPRESSION.matcher(alert.generatorUrl());
    try {
      return found.find() ? URLDecoder.decode(found.group(1), StandardCharsets.UTF_8) : "";
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
