package dev.sightline.api.prometheus;

import dev.sightline.model.label.Matcher;
import java.util.List;

/// Reads a selector such as `up{job="api"}`.
@FunctionalInterface
public interface SelectorReader {
  /// @throws dev.sightline.model.query.QueryException.BadQuery if the text is something else
  List<Matcher> read(String selector);
}
