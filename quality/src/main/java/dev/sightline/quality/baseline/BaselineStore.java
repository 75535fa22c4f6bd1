package dev.sightline.quality.baseline;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.PlainName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The references of all models, a file each: `MODEL/NAME.reference`.
///
/// Safe for any number of threads. What was put would survive a power cut.
public final class BaselineStore {
  private static final Logger LOG = LoggerFactory.getLogger(BaselineStore.class);
  private static final String SUFFIX = ".reference";
  private static final int MOST_IN_MEMORY = 50;

  /// Of one model.
  static final int MOST_REFERENCES = 100;

  private final FileSystem files;
  private final Path directory;

  // guarded by this; in the order of use
  private final Map<Path, Reference> read = new LinkedHashMap<>(16, 0.75f, true);

  public BaselineStore(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /// Replaces what bears the name.
  ///
  /// @throws IllegalArgumentException in the user's words if the model has too many
  public synchronized void put(Reference reference) {
    Path folder = folder(reference.model());
    Path file = file(reference.model(), reference.name());
    if (!files.exists(file) && files.list(folder).size() >= MOST_REFERENCES) {
      throw new IllegalArgumentException(
          "a model has at most " + MOST_REFERENCES + " references; delete one first");
    }
    files.createDirectories(folder);
    byte[] bytes = BaselineCodec.encode(reference);
    AtomicReplacement.write(files, folder, file.getFileName().toString(), bytes);
    read.remove(file);
  }

  /// @return null where there is none, or where its file is damaged, which the log says
  public synchronized @Nullable Reference find(String model, String name) {
    Path file = file(model, name);
    Reference known = read.get(file);
    if (known != null || !files.exists(file)) {
      return known;
    }
    try {
      Reference found = BaselineCodec.decode(AtomicReplacement.read(files, file));
      read.put(file, found);
      if (read.size() > MOST_IN_MEMORY) {
        read.remove(read.keySet().iterator().next());
      }
      return found;
    } catch (BadBytesException bad) {
      LOG.warn("reference {} of model {} is not read: {}", name, model, bad.getMessage());
      return null;
    }
  }

  /// By name.
  public List<Reference> list(String model) {
    List<Reference> references = new ArrayList<>();
    for (Path file : files.list(folder(model))) {
      String name = file.getFileName().toString();
      if (name.endsWith(SUFFIX)) {
        Reference found = find(model, name.substring(0, name.length() - SUFFIX.length()));
        if (found != null) {
          references.add(found);
        }
      }
    }
    return references;
  }

  /// @return whether there was one
  public synchronized boolean delete(String model, String name) {
    Path file = file(model, name);
    if (!files.exists(file)) {
      return false;
    }
    files.delete(file);
    files.syncDirectory(folder(model));
    read.remove(file);
    return true;
  }

  private Path file(String model, String name) {
    Reference.checkName(name);
    return folder(model).resolve(name + SUFFIX);
  }

  private Path folder(String model) {
    return directory.resolve(PlainName.of(model));
  }
}
