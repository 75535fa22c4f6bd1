package dev.sightline.alerting.route;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.util.ArrayList;
import java.util.List;

/// A node of the tree that leads alerts to receivers; whatever it does not say it has from the one
/// above.
///
/// @param key where it stands in the tree, as Alertmanager writes it: `{}/{severity="page"}`
/// @param matchers all of which an alert must match
/// @param continues whether alerts that went this way also try the routes that follow beside it
/// @param routes those below, in the order in which they are tried
public record Route(
    String key,
    String receiver,
    List<Matcher> matchers,
    Grouping grouping,
    Timing timing,
    boolean continues,
    List<Route> routes) {
  public Route {
    matchers = List.copyOf(matchers);
    routes = List.copyOf(routes);
  }

  /// The routes that an alert takes: the deepest that match, of which there may be several only
  /// through `continues`; none if it does not match this one.
  public List<Route> of(Labels labels) {
    if (!matchers.stream().allMatch(each -> each.matches(labels.get(each.name())))) {
      return List.of();
    }
    List<Route> taken = new ArrayList<>();
    for (Route below : routes) {
      List<Route> further = below.of(labels);
      taken.addAll(further);
      if (!further.isEmpty() && !below.continues) {
        break;
      }
    }
    return taken.isEmpty() ? List.of(this) : List.copyOf(taken);
  }
}
