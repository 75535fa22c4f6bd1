package dev.sightline.server.cli;

import dev.sightline.storage.fs.DirectoryInUseException;
import dev.sightline.storage.fs.DiskFileSystem;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends a second process on a data directory away before it has read anything but its arguments.
///
/// To parse the command line properly, to read a configuration and to train the demo's model each
/// take longer than this whole process should live. So the arguments are only glanced at: where
/// they do not say plainly which directory is meant, nothing is decided here. Whoever passes takes
/// the lock for good when it opens its stores; it is that lock which holds others off.
final class EarlyRefusal {
  private static final String DATA = "--data";
  private static final Set<String> WITHOUT_VALUE = Set.of("--i-know-this-is-open");
  private static final Map<String, Path> DEFAULTS =
      Map.of("serve", Path.of("data"), "demo", Path.of("demo-data"));

  private EarlyRefusal() {}

  /// @return why this process must not go on, or null
  static @Nullable String of(List<String> arguments) {
    Path directory = directory(arguments);
    if (directory == null || !Files.isDirectory(directory)) {
      return null;
    }
    try {
      new DiskFileSystem().lock(directory.toAbsolutePath().normalize()).close();
      return null;
    } catch (DirectoryInUseException inUse) {
      return inUse.getMessage();
    } catch (StorageException _) {
      return null; // said again, with all that belongs to it, by who opens the stores
    }
  }

  /// @return the directory that a server with these arguments keeps everything in; null if they
  ///   start none, or leave it to a configuration file
  static @Nullable Path directory(List<String> arguments) {
    boolean named = !arguments.isEmpty() && DEFAULTS.containsKey(arguments.getFirst());
    Path directory = DEFAULTS.get(named ? arguments.getFirst() : "serve");
    for (int i = named ? 1 : 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (WITHOUT_VALUE.contains(argument)) {
        continue;
      }
      boolean inOne = argument.contains("=");
      if (!argument.startsWith("--") || (!inOne && i + 1 == arguments.size())) {
        return null;
      }
      String name = inOne ? argument.substring(0, argument.indexOf('=')) : argument;
      String value = inOne ? argument.substring(argument.indexOf('=') + 1) : arguments.get(++i);
      if (name.equals(DATA)) {
        return Path.of(value);
      }
      if (name.equals("--config")) {
        directory = null;
      }
    }
    return directory;
  }
}
