package dev.sightline.api.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names and values of a query string or a form, in the order in which they were sent.
final class FormFields {
  private static final int MAX_FIELDS = 10_000;

  private final Map<String, List<String>> valuesByName = new LinkedHashMap<>();
  private int count;

  /// Adds `name=value&name=value…`.
  ///
  /// @param where named in errors
  /// @throws ApiException 400
  void add(String encoded, String where) {
    for (String field : encoded.split("&", -1)) {
      if (field.isEmpty()) {
        continue;
      }
      if (++count > MAX_FIELDS) {
        throw new ApiException(
            ApiError.badData(where + " has more than " + MAX_FIELDS + " parameters"));
      }
      int equals = field.indexOf('=');
      String name = equals < 0 ? field : field.substring(0, equals);
      String value = equals < 0 ? "" : field.substring(equals + 1);
      valuesByName
          .computeIfAbsent(PercentDecoder.decode(name, true, where), _ -> new ArrayList<>())
          .add(PercentDecoder.decode(value, true, where));
    }
  }

  @Nullable String first(String name) {
    List<String> values = valuesByName.get(name);
    return values == null ? null : values.getFirst();
  }

  List<String> all(String name) {
    return List.copyOf(valuesByName.getOrDefault(name, List.of()));
  }
}
