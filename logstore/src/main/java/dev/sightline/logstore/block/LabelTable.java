package dev.sightline.logstore.block;

import dev.sightline.logstore.record.LineBody;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for label sets, in the order in which they are met.
final class LabelTable {
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final List<Labels> sets = new ArrayList<>();

  int numberOf(Labels labels) {
    return numbers.computeIfAbsent(
        labels,
        fresh -> {
          sets.add(fresh);
          return sets.size() - 1;
        });
  }

  void write(ByteSink sink) {
    sink.uvarint(sets.size());
    sets.forEach(labels -> LineBody.writeLabels(sink, labels));
  }

  static List<Labels> read(ByteSource source) {
    int count = source.length();
    List<Labels> sets = new ArrayList<>(Math.min(count, 1 << 12));
    for (int i = 0; i < count; i++) {
      sets.add(LineBody.readLabels(source));
    }
    return sets;
  }
}
