package dev.sightline.demo.scoring;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A content type, taken apart.
///
/// @param name such as `text/csv`, in lower case
/// @param parameters by name, without quotes, in lower case
record MediaType(String name, Map<String, String> parameters) {
  static MediaType parse(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].strip().split("=", 2);
      if (!pair[0].isEmpty()) {
        parameters.put(pair[0], pair.length == 1 ? "" : pair[1].replace("\"", ""));
      }
    }
    return new MediaType(parts[0].strip(), parameters);
  }
}
