package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Stage;
import dev.sightline.logql.ast.Stage.LineOperator;
import dev.sightline.model.log.ByteSearch;
import java.util.List;

/// `|= "text"` and its siblings.
final class LineFilterStep implements Step {
  private final boolean positive;
  private final List<Search> searches;

  /// Whether something stands in a line.
  private interface Search {
    boolean isIn(byte[] bytes, int from, int to);
  }

  LineFilterStep(Stage.LineFilter filter) {
    this.positive = filter.operator().isPositive();
    this.searches = filter.terms().stream().map(term -> search(filter.operator(), term)).toList();
  }

  private static Search search(LineOperator operator, Stage.LineTerm term) {
    if (term.ip()) {
      return new AddressSearch(term.text())::isIn;
    }
    return switch (operator) {
      case CONTAINS, LACKS -> new ByteSearch(term.text())::isIn;
      case MATCHES, DIFFERS -> new RegexSearch(term.text())::isIn;
      case FITS_PATTERN, MISSES_PATTERN -> new PatternMatch(term.text())::fits;
    };
  }

  @Override
  public boolean apply(Line line) {
    for (Search search : searches) {
      if (search.isIn(line.bytes(), line.start(), line.end())) {
        return positive;
      }
    }
    return !positive;
  }
}
