package dev.sightline.api.http;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/// Every route there is. Routes may be added while calls are served.
///
/// Safe for any number of threads.
public final class Routes {
  private final CopyOnWriteArrayList<Route> all = new CopyOnWriteArrayList<>();

  /// What stands at a path.
  sealed interface Found {
    record Match(Route route, Map<String, String> pathParameters) implements Found {}

    /// @param allow the methods that the path knows
    record WrongMethod(String allow) implements Found {}

    record Nothing() implements Found {}
  }

  public Routes add(Route route) {
    for (Route present : all) {
      if (present.method().equals(route.method()) && present.path().collidesWith(route.path())) {
        throw new IllegalStateException("BUG: " + route + " collides with " + present);
      }
    }
    all.add(route);
    return this;
  }

  /// All of them, in the order in which they were added.
  public List<Route> list() {
    return List.copyOf(all);
  }

  /// @param path decoded segments
  Found find(String method, List<String> path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : all) {
      Map<String, String> parameters = route.path().match(path);
      if (parameters == null) {
        continue;
      }
      if (route.method().equals(wanted)) {
        return new Found.Match(route, parameters);
      }
      allowed.add(route.method());
      if (route.method().equals("GET")) {
        allowed.add("HEAD");
      }
    }
    return allowed.isEmpty()
        ? new Found.Nothing()
        : new Found.WrongMethod(String.join(", ", allowed));
  }
}
