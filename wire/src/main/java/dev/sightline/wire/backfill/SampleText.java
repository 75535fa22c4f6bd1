package dev.sightline.wire.backfill;

import dev.sightline.model.label.Labels;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The formats in which samples come with their times.
public enum SampleText {
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
  CSV("text/csv; charset=utf-8"),
  JSON_LINES("application/x-ndjson; charset=utf-8");

  private final String contentType;

  SampleText(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /// What to do with each sample.
  @FunctionalInterface
  public interface Reader {
    void sample(Labels labels, long timestampMs, double value);
  }

  /// @param name `openmetrics`, `csv` or `jsonlines`
  /// @return null for any other
  public static @Nullable SampleText named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "openmetrics" -> OPEN_METRICS;
      case "csv" -> CSV;
      case "jsonlines" -> JSON_LINES;
      default -> null;
    };
  }

  /// @return null for a type that is none of these
  public static @Nullable SampleText ofMediaType(String mediaType) {
    return switch (mediaType) {
      case "application/openmetrics-text" -> OPEN_METRICS;
      case "text/csv" -> CSV;
      case "application/x-ndjson", "application/jsonl", "application/json" -> JSON_LINES;
      default -> null;
    };
  }

  /// Reads to the end; what stands before a fault has been given.
  ///
  /// @throws SampleTextException at the first fault, with its line
  public void read(InputStream in, Reader into) {
    switch (this) {
      case OPEN_METRICS -> new OpenMetricsLines(in, into).read();
      case CSV -> new CsvSamples(in, into).read();
      case JSON_LINES -> new JsonLines(in, into).read();
    }
  }
}
