package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.notify.Receiver;
import dev.sightline.alerting.route.InhibitRule;
import dev.sightline.alerting.route.Route;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who is told of what.
///
/// @param receivers by name, in the order of the file; every one that a route names is there
/// @param inhibitions which alerts say nothing while others fire
public record Routing(Route root, Map<String, Receiver> receivers, List<InhibitRule> inhibitions) {
  public Routing {
    inhibitions = List.copyOf(inhibitions);
    receivers = Collections.unmodifiableMap(new LinkedHashMap<>(receivers));
    requireKnown(root, receivers);
  }

  private static void requireKnown(Route route, Map<String, Receiver> receivers) {
    if (!receivers.containsKey(route.receiver())) {
      throw new IllegalArgumentException(
          "the receiver \"" + route.receiver() + "\" of a route is not defined");
    }
    route.routes().forEach(below -> requireKnown(below, receivers));
  }
}
