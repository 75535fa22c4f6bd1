package dev.sightline.predictions.engine;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.record.DatumText;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the file of truths of a [SqlRequest.SqlTable].
public final class LateTruthsFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private LateTruthsFile() {}

  /// @param byId the truths that hold, by the ids of their predictions
  public static void write(FileSystem files, Path path, Map<String, GroundTruth> byId) {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES * 2);
    long written = 0;
    try (OpenFile file = files.create(path);
        DataOutputStream to = new DataOutputStream(buffer)) {
      for (Map.Entry<String, GroundTruth> one : byId.entrySet()) {
        GroundTruth truth = one.getValue();
        Frames.write(
            to,
            Frames.ROW,
            Arrays.<@Nullable String>asList(
                one.getKey(),
                DatumText.of(truth.value()),
                truth.value() instanceof Datum.Amount(double number)
                    ? Double.toString(number)
                    : null,
                Long.toString(truth.timeMs())));
        if (buffer.size() >= BUFFER_BYTES) {
          written += flush(buffer, file, written);
        }
      }
      flush(buffer, file, written);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // a buffer in memory takes everything
    }
  }

  private static int flush(ByteArrayOutputStream buffer, OpenFile file, long offset) {
    int bytes = buffer.size();
    file.write(ByteBuffer.wrap(buffer.toByteArray()), offset);
    buffer.reset();
    return bytes;
  }
}
