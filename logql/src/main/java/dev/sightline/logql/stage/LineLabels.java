package dev.sightline.logql.stage;

import dev.sightline.model.label.Labels;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The labels of the line at hand: those of its stream, its own (structured metadata), and what the
/// pipeline has found or set. Owned by one thread, reset for each line.
public final class LineLabels {
  /*
   * Most lines of most queries have nothing beside their stream and their metadata, both immutable and often the
   * same objects as for the line before. So these stay as they are, and changes stand in a small table above them:
   * pairs of name and value, searched in order. A null value hides what is below.
   *
   * Of equal names the one of the stream comes first, then the metadata's, then what was found in the line; the
   * loser is seen under its name with `_extracted` behind it, found before metadata.
   */
  static final String EXTRACTED = "_extracted";
  static final String ERROR = "__error__";
  static final String ERROR_DETAILS = "__error_details__";

  private final @Nullable Set<String> wanted;
  private Labels stream = Labels.EMPTY;
  private Labels metadata = Labels.EMPTY;
  private String[] names = new String[16];
  private @Nullable String[] values = new String[16];
  private int[] writers = new int[16];
  private int size;
  private int writer;
  private String error = "";
  private String errorDetails = "";

  /// @param wanted the names that anybody will ask for; null for all
  public LineLabels(@Nullable Set<String> wanted) {
    this.wanted = wanted;
  }

  public void reset(Labels stream, Labels metadata) {
    this.stream = stream;
    this.metadata = metadata;
    size = 0;
    writer = 0;
    error = "";
    errorDetails = "";
  }

  /// Whether nothing stands above stream and metadata.
  public boolean isUntouched() {
    return size == 0 && error.isEmpty();
  }

  public Labels stream() {
    return stream;
  }

  public Labels metadata() {
    return metadata;
  }

  /// Of the first stage that failed; empty for none.
  public String error() {
    return error;
  }

  void fail(String kind, String details) {
    if (error.isEmpty()) {
      error = kind;
      errorDetails = details;
    }
  }

  /// Whether a parser need not look for the value of this name.
  boolean isUnwanted(String name) {
    return wanted != null && !wanted.contains(name) && !wanted.contains(name + EXTRACTED);
  }

  /// @return the value, or the empty text
  public String get(String name) {
    int at = indexOf(name);
    if (at >= 0) {
      String value = values[at];
      return value == null ? "" : value;
    }
    return below(name);
  }

  private String below(String name) {
    String value = stream.get(name);
    if (value.isEmpty()) {
      value = metadata.get(name);
    }
    if (!value.isEmpty()) {
      return value;
    }
    if (name.equals(ERROR)) {
      return error;
    }
    if (name.equals(ERROR_DETAILS)) {
      return errorDetails;
    }
    if (name.endsWith(EXTRACTED)) {
      String base = name.substring(0, name.length() - EXTRACTED.length());
      return stream.has(base) ? metadata.get(base) : "";
    }
    return "";
  }

  /// Begins a parser: of the same name in one line, what it finds first counts.
  void beginParser() {
    writer++;
  }

  /// What a parser has found.
  void found(String name, String value) {
    String free = stream.has(name) || metadata.has(name) ? name + EXTRACTED : name;
    int at = indexOf(free);
    if (at >= 0 && writers[at] == writer) {
      return;
    }
    put(at, free, value);
  }

  /// Whether the running parser has this name already.
  boolean isFound(String name) {
    String free = stream.has(name) || metadata.has(name) ? name + EXTRACTED : name;
    int at = indexOf(free);
    return at >= 0 && writers[at] == writer;
  }

  /// Sets a label whatever it was, or removes it with an empty value.
  void set(String name, String value) {
    if (name.equals(ERROR)) {
      error = value;
    } else if (name.equals(ERROR_DETAILS)) {
      errorDetails = value;
    } else {
      put(indexOf(name), name, value.isEmpty() ? null : value);
    }
  }

  private void put(int at, String name, @Nullable String value) {
    int index = at;
    if (index < 0) {
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
        writers = Arrays.copyOf(writers, size * 2);
      }
      index = size++;
      names[index] = name;
    }
    values[index] = value;
    writers[index] = writer;
  }

  private int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /// All of them together.
  public Labels all() {
    if (isUntouched() && metadata.isEmpty()) {
      return stream;
    }
    Labels.Builder builder = stream.toBuilder();
    for (int i = 0; i < metadata.size(); i++) {
      String name = metadata.name(i);
      builder.set(stream.has(name) ? name + EXTRACTED : name, metadata.value(i));
    }
    setFound(builder);
    return builder.build();
  }

  /// The labels of the stream that are still what they were.
  public Labels ofStream() {
    return untouched(stream, Labels.EMPTY);
  }

  /// The labels of this line alone that are still what they were.
  public Labels ofMetadata() {
    return untouched(metadata, stream);
  }

  /// @param above labels that hide those of the same name
  private Labels untouched(Labels labels, Labels above) {
    Labels.@Nullable Builder fewer = null;
    for (int i = 0; size > 0 && i < labels.size(); i++) {
      String name = labels.name(i);
      if (indexOf(above.has(name) ? name + EXTRACTED : name) >= 0) {
        fewer = fewer == null ? labels.toBuilder() : fewer;
        fewer.remove(name);
      }
    }
    return fewer == null ? labels : fewer.build();
  }

  /// What the pipeline found or set, and its error.
  public Labels ofPipeline() {
    if (isUntouched()) {
      return Labels.EMPTY;
    }
    Labels.Builder builder = Labels.EMPTY.toBuilder();
    setFound(builder);
    return builder.build();
  }

  private void setFound(Labels.Builder builder) {
    for (int i = 0; i < size; i++) {
      String value = values[i];
      builder.set(names[i], value == null ? "" : value);
    }
    if (!error.isEmpty()) {
      builder.set(ERROR, error).set(ERROR_DETAILS, errorDetails);
    }
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
