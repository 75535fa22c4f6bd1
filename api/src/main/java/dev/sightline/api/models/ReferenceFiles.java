package dev.sightline.api.models;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.model.registry.Artifact;
import dev.sightline.model.registry.Artifacts;
import dev.sightline.model.registry.Artifacts.ArtifactException;
import dev.sightline.quality.baseline.CsvTable;
import dev.sightline.quality.baseline.FileTable;
import dev.sightline.quality.baseline.RowTable;
import java.io.InputStream;
import java.util.Locale;

/// Reads the files that references are made of: sent ones, and those that training left. Safe for
/// any number of threads.
///
/// @param parquet reads files of that format
/// @param artifacts those of the registry that is asked for versions
public record ReferenceFiles(ParquetTables parquet, Artifacts artifacts) {
  /// The body of a call.
  ///
  /// @throws ApiException 4xx or 503 if it cannot be read
  FileTable sent(Call call) {
    return call.mediaType().equals(TableUpload.CSV) ? csv(call.stream()) : parquet(call.stream());
  }

  /// @throws ApiException if it is not there or cannot be read
  FileTable artifact(Artifact what) {
    String name = what.path().toLowerCase(Locale.ROOT);
    boolean isParquet = name.endsWith(".parquet") || name.endsWith(".pq");
    if (!isParquet && !name.endsWith(".csv")) {
      throw bad("path must end with .parquet, .pq or .csv");
    }
    try {
      return artifacts.read(what, isParquet ? this::parquet : ReferenceFiles::csv);
    } catch (ArtifactException unread) {
      String why = String.valueOf(unread.getMessage());
      throw switch (unread.fault()) {
        case ASKED -> bad(why);
        case ANSWERED -> new ApiException(new ApiError(502, "unavailable", why));
      };
    }
  }

  private static FileTable csv(InputStream file) {
    try {
      return CsvTable.read(file);
    } catch (IllegalArgumentException unfit) {
      throw bad(String.valueOf(unfit.getMessage()));
    }
  }

  private FileTable parquet(InputStream file) {
    RowTable rows = new RowTable();
    try {
      parquet.read(file, rows::add);
      return rows.table();
    } catch (IllegalArgumentException | ParquetTables.UnreadableException unfit) {
      throw bad(String.valueOf(unfit.getMessage()));
    }
  }

  private static ApiException bad(String why) {
    return new ApiException(ApiError.badData(why));
  }
}
