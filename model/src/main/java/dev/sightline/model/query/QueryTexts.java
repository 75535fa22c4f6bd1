package dev.sightline.model.query;

import dev.sightline.model.label.Matcher;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be said of the text of a query without asking it.
///
/// Safe for any number of threads.
public interface QueryTexts {
  /// The same query, laid out to be read: long parts on lines of their own.
  ///
  /// @throws QueryException.BadQuery if the text is none
  String formatted(String query);

  /// The query as a tree of texts, numbers, flags, lists, maps and null, with Prometheus's names.
  ///
  /// @throws QueryException.BadQuery if the text is none
  Map<String, @Nullable Object> tree(String query);

  /// What the selectors in the query match, in the order of the text.
  ///
  /// @throws QueryException.BadQuery if the text is none
  List<List<Matcher>> selectors(String query);

  /// What the language knows, by category: functions, operators, and so on.
  Map<String, List<String>> features();
}
