package dev.sightline.logstore.record;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;

/// Metadata and bytes of one line as they stand in records and in memory: see [LinesFormat].
public final class LineBody {
  private LineBody() {}

  static void write(ByteSink to, Labels metadata, byte[] line) {
    writeLabels(to, metadata);
    to.uvarint(line.length).bytes(line);
  }

  public static void writeLabels(ByteSink to, Labels labels) {
    to.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      to.text(labels.name(i)).text(labels.value(i));
    }
  }

  /// @throws BadBytesException if these are no labels
  public static Labels readLabels(ByteSource from) {
    int count = from.length();
    if (count == 0) {
      return Labels.EMPTY;
    }
    List<Label> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      labels.add(new Label(from.text(), from.text()));
    }
    try {
      return Labels.of(labels);
    } catch (IllegalArgumentException repeated) {
      throw new BadBytesException(String.valueOf(repeated.getMessage()));
    }
  }

  public static void skipLabels(ByteSource from) {
    for (int texts = 2 * from.length(); texts > 0; texts--) {
      from.skip(from.length());
    }
  }
}
