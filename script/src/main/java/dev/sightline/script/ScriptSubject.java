package dev.sightline.script;

import dev.sightline.model.query.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The system a script is run against: one small adapter per query language.
public interface ScriptSubject {
  /// @return whether all of it could be loaded; if not, questions about it are set aside when they
  ///   go wrong
  boolean load(Command.Load load);

  void clear();

  /// @throws dev.sightline.model.query.QueryException if there is no answer
  Answer instant(String query, long atMs);

  /// @throws dev.sightline.model.query.QueryException if there is no answer
  Answer range(String query, long startMs, long endMs, long stepMs);

  /// The same question in words that fix its moment.
  ///
  /// @return null if the language has no such words, or the question depends on when it is asked
  default @Nullable String pinned(String query, long atMs) {
    return null;
  }

  /// Log lines as scripts write them: time, labels, line.
  ///
  /// @throws dev.sightline.model.query.QueryException if there is no answer
  default List<String> lines(Command.EvalLines eval) {
    throw new IllegalArgumentException("no logs here: " + eval.query());
  }
}
