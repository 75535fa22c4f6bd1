package dev.sightline.model.query;

import dev.sightline.model.label.Labels;
import java.util.List;

/// What a log query yields.
public record LogAnswer(Result result, Stats stats) {

  /// Lines, or numbers made of lines.
  public sealed interface Result {}

  /// @param entries in the order of time that was asked for; equal times by stream, then as they
  ///   arrived
  public record Lines(List<Entry> entries) implements Result {
    public Lines {
      entries = List.copyOf(entries);
    }
  }

  /// A vector, a matrix or a scalar.
  public record Values(Answer.Result result) implements Result {}

  /// One line with everything that is known of it.
  ///
  /// @param stream the labels of its stream
  /// @param metadata labels of this line alone (structured metadata)
  /// @param parsed labels that the query found in the line, or set
  public record Entry(
      Labels stream, Labels metadata, Labels parsed, long timestampNs, String line) {

    /// All labels in one set. Where the stream and the line itself have the same name, the stream
    /// keeps it, and the other gets `_extracted` behind its own.
    public Labels labels() {
      if (metadata.isEmpty() && parsed.isEmpty()) {
        return stream;
      }
      Labels.Builder all = stream.toBuilder();
      for (int i = 0; i < metadata.size(); i++) {
        String name = metadata.name(i);
        all.set(stream.has(name) ? name + "_extracted" : name, metadata.value(i));
      }
      for (int i = 0; i < parsed.size(); i++) {
        all.set(parsed.name(i), parsed.value(i));
      }
      return all.build();
    }
  }

  /// What the answer took.
  ///
  /// @param lines read
  /// @param bytes of those lines
  /// @param streams that were looked into
  public record Stats(long lines, long bytes, int streams, long tookNs) {}
}
