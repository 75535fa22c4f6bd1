package dev.sightline.wire.backfill;

import dev.sightline.model.label.Labels;
import dev.sightline.wire.exposition.ExpositionCursor;
import dev.sightline.wire.exposition.ExpositionException;
import dev.sightline.wire.exposition.ExpositionFormat;
import dev.sightline.wire.exposition.SeriesLine;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads OpenMetrics text of any length, some thousand lines at a time; each part is read under the
/// type that was said last before it.
final class OpenMetricsLines {
  private static final int PART_BYTES = 1 << 20;
  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TYPE = "# TYPE ".getBytes(StandardCharsets.US_ASCII);

  private final LineReader lines;
  private final SampleText.Reader into;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream(PART_BYTES * 2);
  private byte[] type = new byte[0];
  private long firstLine = 1;
  private boolean ended;

  OpenMetricsLines(InputStream in, SampleText.Reader into) {
    this.lines = new LineReader(in);
    this.into = into;
  }

  void read() {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      if (ended) {
        throw new SampleTextException("line " + lines.number() + ": there is text behind # EOF");
      }
      if (startsWith(line, END)) {
        ended = true;
        continue;
      }
      part.writeBytes(line);
      if (part.size() >= PART_BYTES) {
        readPart();
      }
      if (startsWith(line, TYPE)) {
        type = line;
      }
    }
    readPart();
    if (!ended) {
      throw new SampleTextException("the text does not end with \"# EOF\"");
    }
  }

  private static boolean startsWith(byte[] line, byte[] beginning) {
    return line.length >= beginning.length
        && Arrays.equals(line, 0, beginning.length, beginning, 0, beginning.length);
  }

  private void readPart() {
    part.writeBytes(END);
    byte[] bytes = part.toByteArray();
    try {
      read(new ExpositionCursor(bytes, bytes.length, ExpositionFormat.OPEN_METRICS));
    } catch (ExpositionException bad) {
      throw new SampleTextException("in the part from line " + firstLine + ": " + bad.getMessage());
    }
    part.reset();
    part.writeBytes(type);
    firstLine = lines.number() + (type.length == 0 ? 1 : 0);
  }

  private void read(ExpositionCursor cursor) {
    for (ExpositionCursor.Entry entry = cursor.next();
        entry != ExpositionCursor.Entry.END;
        entry = cursor.next()) {
      if (entry == ExpositionCursor.Entry.SAMPLE) {
        SeriesLine line = cursor.sample();
        Labels labels = line.labels();
        if (!line.hasTimestamp()) {
          throw new SampleTextException(
              "in the part from line " + firstLine + ": " + labels + " has no time");
        }
        into.sample(labels, line.timestampMs(), line.value());
      }
    }
  }
}
