package dev.sightline.template;

/// What becomes of the value of an action before it is written, so that no value can be taken for a
/// part of the template.
public interface Escaping {
  /// Values are written as they are.
  Escaping NONE = (_, text) -> text;

  /// @param before all that was written so far
  String escape(CharSequence before, String text);

  /// Whether a value is written as it is because it comes from the function of that name.
  default boolean trusts(String function) {
    return false;
  }
}
