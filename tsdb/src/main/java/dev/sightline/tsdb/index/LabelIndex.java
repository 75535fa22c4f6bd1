package dev.sightline.tsdb.index;

import java.util.Collection;

/// Finds the series of one head or block by their labels. Safe for any number of threads.
public interface LabelIndex {
  /// Every series.
  Postings all();

  /// The series with this label; none where nobody has it.
  Postings with(String name, String value);

  /// In no particular order, each once.
  Collection<String> names();

  /// The values of one label, in no particular order, each once; none for an unknown name.
  Collection<String> values(String name);
}
