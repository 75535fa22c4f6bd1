package dev.sightline.quality.profile;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.PlainName;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What whylogs clients say of a model beside profiles, kept as they say it: weights of features,
/// what columns are. One file for each model, replaced as a whole.
///
/// Safe for any number of threads.
public final class SentNotes {
  private static final Logger LOG = LoggerFactory.getLogger(SentNotes.class);
  private static final int MOST = 5_000;
  private static final int LONGEST = 1 << 20;

  private final FileSystem files;
  private final Path directory;

  public SentNotes(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /// @return null where nothing was said
  public synchronized @Nullable String find(String model, String what) {
    return read(model).get(what);
  }

  /// Replaces what was said. When this returns, it would survive a power cut.
  ///
  /// @throws IllegalArgumentException in the user's words
  public synchronized void put(String model, String what, String text) {
    Map<String, String> notes = read(model);
    notes.put(what, text);
    if (notes.size() > MOST || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "of one model at most " + MOST + " such notes of " + LONGEST + " letters are kept");
    }
    ByteSink to = new ByteSink().uvarint(notes.size());
    notes.forEach((key, value) -> to.text(key).text(value));
    files.createDirectories(directory);
    AtomicReplacement.write(files, directory, PlainName.of(model), to.toArray());
  }

  private Map<String, String> read(String model) {
    Map<String, String> notes = new TreeMap<>();
    Path file = directory.resolve(PlainName.of(model));
    if (files.exists(file)) {
      try {
        ByteSource from = new ByteSource(AtomicReplacement.read(files, file));
        int count = from.length();
        for (int each = 0; each < count; each++) {
          notes.put(from.text(), from.text());
        }
      } catch (BadBytesException bad) {
        LOG.warn("what was said of model {} is not read: {}", model, bad.getMessage());
      }
    }
    return notes;
  }
}
