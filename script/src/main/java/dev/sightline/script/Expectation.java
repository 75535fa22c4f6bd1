package dev.sightline.script;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What must come of a question.
///
/// @param fails whether there must be no answer
/// @param failure what the failure must say, where that matters
/// @param warnings what must be among the warnings; empty means that nothing is asked
/// @param infos what must be among the infos
/// @param ordered whether the elements of a vector must come in the order of `lines`
/// @param text the string that is the answer
/// @param window the times of the samples in a range vector
/// @param lines the expected series with their values, or one number
public record Expectation(
    boolean fails,
    @Nullable Saying failure,
    List<Saying> warnings,
    List<Saying> infos,
    boolean noWarnings,
    boolean noInfos,
    boolean ordered,
    @Nullable String text,
    @Nullable Times window,
    List<String> lines) {
  public Expectation {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
    lines = List.copyOf(lines);
  }

  /// A message, as it is or as a regular expression that must be found in it; empty for any.
  public record Saying(String text, boolean regex) {
    public static final Saying ANYTHING = new Saying("", true);

    boolean fits(String message) {
      return regex ? Pattern.compile(text).matcher(message).find() : message.equals(text);
    }
  }

  /// From one time to another, both included.
  public record Times(long startMs, long endMs, long stepMs) {}
}
