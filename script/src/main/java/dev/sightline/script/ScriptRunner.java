package dev.sightline.script;

import dev.sightline.model.query.Answer;
import dev.sightline.model.query.QueryException;
import dev.sightline.script.Expectation.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs scripts against a subject.
///
/// Each question at a moment is asked again as a range of which that moment is the middle, and
/// pinned to that moment from others.
public final class ScriptRunner {
  private static final long MIDDLE_STEP_MS = 60_000;

  /// What depends on the range asked for, or on there being none.
  private static final Pattern LOOKS_AT_RANGE =
      Pattern.compile("(?i)\\b(start|end|step|range)\\s*\\(\\s*\\)");

  private final ScriptSubject subject;

  public ScriptRunner(ScriptSubject subject) {
    this.subject = subject;
  }

  /// @param wrong what is wrong with the answer, null if it is as expected
  /// @param aside whether it stands on data that the subject could not load
  public record Outcome(Command.Eval eval, @Nullable String wrong, boolean aside) {
    public boolean passed() {
      return wrong == null;
    }

    @Override
    public String toString() {
      return "line " + eval.line() + ": " + eval.query() + ": " + (passed() ? "ok" : wrong);
    }
  }

  /// @return the outcome of every question, in order
  public List<Outcome> run(List<Command> commands) {
    List<Outcome> outcomes = new ArrayList<>();
    subject.clear();
    boolean aside = false;
    for (Command command : commands) {
      switch (command) {
        case Command.Load load -> aside |= !subject.load(load);
        case Command.Clear _ -> {
          subject.clear();
          aside = false;
        }
        case Command.EvalInstant instant ->
            outcomes.add(new Outcome(instant, wrong(instant), aside));
        case Command.EvalRange range -> outcomes.add(new Outcome(range, wrong(range), aside));
        case Command.EvalLines lines -> outcomes.add(new Outcome(lines, wrong(lines), aside));
      }
    }
    return outcomes;
  }

  private @Nullable String wrong(Command.EvalRange eval) {
    Times times = new Times(eval.startMs(), eval.endMs(), eval.stepMs());
    return judged(
        eval,
        times,
        () -> subject.range(eval.query(), eval.startMs(), eval.endMs(), eval.stepMs()));
  }

  private @Nullable String wrong(Command.EvalLines eval) {
    Expectation expected = eval.expected();
    try {
      List<String> got = subject.lines(eval);
      if (expected.fails()) {
        return "want a failure, got " + got;
      }
      return got.equals(expected.lines()) ? null : "want " + expected.lines() + ", got " + got;
    } catch (QueryException failure) {
      return wrong(failure, expected);
    }
  }

  private @Nullable String wrong(Command.EvalInstant eval) {
    Times times = new Times(eval.atMs(), eval.atMs(), 1);
    String wrong = judged(eval, times, () -> subject.instant(eval.query(), eval.atMs()));
    boolean again =
        wrong == null
            && !eval.expected().fails()
            && eval.expected().text() == null
            && !LOOKS_AT_RANGE.matcher(eval.query()).find();
    if (!again) {
      return wrong;
    }
    String asRange = eval.expected().window() == null ? wrongAsRange(eval, times) : null;
    return asRange == null ? wrongPinned(eval, times) : asRange;
  }

  /// Asks the same about its moment from moments before and after.
  private @Nullable String wrongPinned(Command.EvalInstant eval, Times times) {
    String pinned = subject.pinned(eval.query(), eval.atMs());
    if (pinned == null) {
      return null;
    }
    long atMs = eval.atMs();
    for (long fromMs : new long[] {-10 * atMs, -1_000, 0, atMs / 5, 1_000, atMs, 10 * atMs}) {
      String wrong =
          AnswerCheck.check(subject.instant(pinned, fromMs), valuesOf(eval.expected()), times);
      if (wrong != null) {
        return "asked at " + fromMs + " ms as " + pinned + ": " + wrong;
      }
    }
    return null;
  }

  private static Expectation valuesOf(Expectation expected) {
    return new Expectation(
        false,
        null,
        List.of(),
        List.of(),
        false,
        false,
        false,
        null,
        expected.window(),
        expected.lines());
  }

  private @Nullable String wrongAsRange(Command.EvalInstant eval, Times times) {
    Expectation values = valuesOf(eval.expected());
    Answer answer;
    try {
      answer =
          subject.range(
              eval.query(),
              eval.atMs() - MIDDLE_STEP_MS,
              eval.atMs() + MIDDLE_STEP_MS,
              MIDDLE_STEP_MS);
    } catch (QueryException _) {
      // A neighbouring step may fail where the middle does not.
      return null;
    }
    String wrong = AnswerCheck.check(Middle.of(answer, eval.atMs()), values, times);
    return wrong == null ? null : "as the middle of a range: " + wrong;
  }

  private static @Nullable String judged(Command.Eval eval, Times times, Question question) {
    Expectation expected = eval.expected();
    try {
      Answer answer = question.ask();
      if (expected.fails()) {
        return "want a failure, got " + answer.result();
      }
      return AnswerCheck.check(answer, expected, times);
    } catch (QueryException failure) {
      return wrong(failure, expected);
    } catch (IllegalArgumentException unreadable) {
      return "cannot be checked: " + unreadable.getMessage();
    }
  }

  private static @Nullable String wrong(QueryException failure, Expectation expected) {
    String message = String.valueOf(failure.getMessage());
    if (!expected.fails()) {
      return "failed: " + message;
    }
    return expected.failure() == null || expected.failure().fits(message)
        ? null
        : "want the failure \"" + expected.failure().text() + "\", got \"" + message + '"';
  }

  /// A question about to be asked.
  private interface Question {
    Answer ask();
  }
}
