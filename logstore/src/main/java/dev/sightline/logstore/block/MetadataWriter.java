package dev.sightline.logstore.block;

import dev.sightline.logstore.record.LineBody;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.ByteSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers the metadata of the rows of a frame: few different ones as a table of them and a byte
/// for each row, many as they are.
final class MetadataWriter {
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final List<Labels> sets = new ArrayList<>();
  private final ByteSink rows = new ByteSink(1 << 13);
  private final ByteSink plain = new ByteSink(1 << 13);
  private final ByteSink column = new ByteSink(1 << 13);
  private boolean isPlain;
  private boolean hasAny;
  private @Nullable Labels last;
  private int lastNumber;

  void add(Labels metadata) {
    hasAny |= !metadata.isEmpty();
    if (!isPlain) {
      int number = number(metadata);
      if (number < BlockFormat.MAX_TABLE) {
        rows.u8(number);
        return;
      }
      spellOut();
    }
    LineBody.writeLabels(plain, metadata);
  }

  @SuppressWarnings("ReferenceEquality") // equal sets that are other objects only cost time
  private int number(Labels metadata) {
    if (metadata == last) {
      return lastNumber;
    }
    Integer known = numbers.get(metadata);
    if (known == null) {
      known = sets.size();
      numbers.put(metadata, known);
      sets.add(metadata);
    }
    last = metadata;
    lastNumber = known;
    return known;
  }

  private void spellOut() {
    isPlain = true;
    byte[] numbered = rows.view().array();
    for (int row = 0; row < rows.size(); row++) {
      LineBody.writeLabels(plain, sets.get(numbered[row] & 0xFF));
    }
  }

  /// About how many bytes there are.
  int size() {
    return rows.size() + plain.size();
  }

  /// The column so far; begins anew.
  ByteSink finish() {
    column.clear();
    if (hasAny && isPlain) {
      column.u8(BlockFormat.PLAIN).bytes(plain.view().array(), 0, plain.size());
    } else if (hasAny) {
      column.u8(BlockFormat.TABLE).uvarint(sets.size());
      sets.forEach(set -> LineBody.writeLabels(column, set));
      column.bytes(rows.view().array(), 0, rows.size());
    }
    numbers.clear();
    sets.clear();
    rows.clear();
    plain.clear();
    isPlain = false;
    hasAny = false;
    last = null;
    return column;
  }
}
