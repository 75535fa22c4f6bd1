package dev.sightline.api.http;

import dev.sightline.api.auth.Permission;
import java.util.List;

/// One thing that can be called. Authorisation, the API document and the meters are made from it.
///
/// @param method `GET` answers `HEAD` too
/// @param permission a route that only reads has [Permission#QUERY] or less, whatever its method
/// @param summary one line for the API document
public record Route(
    String method,
    PathTemplate path,
    Permission permission,
    String summary,
    List<Parameter> parameters,
    CallHandler handler) {
  public Route {
    parameters = List.copyOf(parameters);
    List<String> documented =
        parameters.stream()
            .filter(parameter -> parameter.in() == Parameter.Place.PATH)
            .map(Parameter::name)
            .toList();
    if (!documented.equals(path.parameters())) {
      throw new IllegalArgumentException(
          "BUG: " + method + " " + path + " documents the path parameters " + documented);
    }
    if (method.equals("GET") && permission == Permission.WRITE) {
      throw new IllegalArgumentException("BUG: GET " + path + " must not change anything");
    }
  }

  /// Whether calls may change something, so that a page of another site must not be able to cause
  /// one.
  boolean changes() {
    return permission.compareTo(Permission.QUERY) > 0 && !method.equals("GET");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
