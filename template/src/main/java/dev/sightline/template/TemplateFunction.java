package dev.sightline.template;

import java.util.List;

/// Something that a template can call by name.
///
/// @param least how many arguments it needs
/// @param most how many it takes; [#ANY_NUMBER] where there is no end
public record TemplateFunction(int least, int most, Body body) {
  public static final int ANY_NUMBER = Integer.MAX_VALUE;

  /// What it does. Throws [Refusal] if the arguments make no sense.
  @FunctionalInterface
  public interface Body {
    Value call(List<Value> arguments);
  }

  /// The arguments make no sense; the message is in the user's words.
  public static final class Refusal extends RuntimeException {
    public Refusal(String message) {
      super(message);
    }
  }

  public static TemplateFunction of(int arguments, Body body) {
    return new TemplateFunction(arguments, arguments, body);
  }
}
