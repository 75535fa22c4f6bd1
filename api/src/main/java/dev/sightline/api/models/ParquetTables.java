package dev.sightline.api.models;

import dev.sightline.model.prediction.Datum;
import java.io.InputStream;
import java.util.function.Consumer;

/// Reads Parquet files that clients send. Safe for any number of threads.
@FunctionalInterface
public interface ParquetTables {
  /// Takes no Parquet at all.
  ParquetTables NONE =
      (_, _) -> {
        throw new UnreadableException("Parquet is not read here");
      };

  /// @param file as it comes; read to its end before the first row is handed on. What reading it
  ///   throws is passed on
  /// @param rows told of each row in order, on the calling thread; all have the same columns, by
  ///   name, and times are RFC 3339. What it throws is passed on
  /// @throws UnreadableException if it cannot be read, or not to its end
  void read(InputStream file, Consumer<Datum.Fields> rows);

  /// Why a file cannot be read, in the user's words.
  final class UnreadableException extends RuntimeException {
    public UnreadableException(String message) {
      super(message);
    }
  }
}
