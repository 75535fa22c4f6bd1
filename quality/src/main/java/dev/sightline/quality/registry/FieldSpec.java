package dev.sightline.quality.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one input of a model holds, or may hold.
///
/// @param type `number`, `text`, `flag`, `list`, `object` or `mixed`; empty where it is not said
/// @param min the least value; null where none is said
/// @param max the largest
/// @param allowed words, sorted; empty where none are said
public record FieldSpec(
    String type, @Nullable Double min, @Nullable Double max, List<String> allowed) {
  public static final List<String> TYPES = List.of("number", "text", "flag", "list", "object");

  /// @throws IllegalArgumentException in the user's words
  public FieldSpec {
    allowed = allowed.stream().sorted().distinct().toList();
    if (min != null && max != null && min > max) {
      throw new IllegalArgumentException("min must not be above max");
    }
  }
}
