package dev.sightline.api.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The path of a route, in which a segment in braces stands for any value:
/// `/api/v1/label/{name}/values`.
public final class PathTemplate {
  private final String text;
  private final List<String> segments;
  private final List<String> parameters;

  private PathTemplate(String text, List<String> segments) {
    this.text = text;
    this.segments = segments;
    this.parameters =
        segments.stream().filter(PathTemplate::isParameter).map(PathTemplate::inBraces).toList();
  }

  public static PathTemplate of(String text) {
    if (!text.startsWith("/") || text.contains("//")) {
      throw new IllegalArgumentException("BUG: path template " + text);
    }
    return new PathTemplate(text, List.of(text.substring(1).split("/", -1)));
  }

  /// The names in braces, in their order.
  List<String> parameters() {
    return parameters;
  }

  /// @param path decoded segments
  /// @return the parameters by name, or null if the path does not fit
  @Nullable Map<String, String> match(List<String> path) {
    if (path.size() != segments.size()) {
      return null;
    }
    List<String> values = new ArrayList<>(parameters.size());
    for (int i = 0; i < segments.size(); i++) {
      if (isParameter(segments.get(i)) && !path.get(i).isEmpty()) {
        values.add(path.get(i));
      } else if (!segments.get(i).equals(path.get(i))) {
        return null;
      }
    }
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      byName.put(parameters.get(i), values.get(i));
    }
    return byName;
  }

  /// Whether the two would answer to one path.
  boolean collidesWith(PathTemplate other) {
    if (segments.size() != other.segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String mine = segments.get(i);
      String its = other.segments.get(i);
      if (!isParameter(mine) && !isParameter(its) && !mine.equals(its)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  private static String inBraces(String segment) {
    return segment.substring(1, segment.length() - 1);
  }
}
