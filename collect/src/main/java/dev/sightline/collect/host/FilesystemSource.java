package dev.sightline.collect.host;

import dev.sightline.model.label.Labels;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The space of the file systems that hold files, from `/proc/1/mounts` and the file systems
/// themselves.
final class FilesystemSource implements HostSource {
  private static final Pattern MOUNTS_LEFT_OUT =
      Pattern.compile(
          "/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/.*)");
  private static final Pattern TYPES_LEFT_OUT =
      Pattern.compile(
          "autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660"
              + "|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|erofs"
              + "|sysfs|tracefs");

  private final SpaceReader spaces;

  /// How full a file system is, in bytes.
  ///
  /// @param available free for users without privileges
  record Space(double size, double free, double available) {}

  /// Asks a file system for its space.
  interface SpaceReader {
    /// @return null where it does not say
    @Nullable Space at(Path mountPoint);
  }

  FilesystemSource(SpaceReader spaces) {
    this.spaces = spaces;
  }

  /// Asks the file systems of this machine.
  static @Nullable Space spaceAt(Path mountPoint) {
    try {
      FileStore store = Files.getFileStore(mountPoint);
      return new Space(store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace());
    } catch (IOException _) {
      return null;
    }
  }

  @Override
  public void read(KernelFiles files, Families into) {
    Set<Labels> seen = new HashSet<>();
    for (String line : mounts(files)) {
      String[] fields = KernelFiles.fields(line);
      if (fields.length < 4) {
        continue;
      }
      String mountPoint = unescaped(fields[1]);
      boolean leftOut =
          MOUNTS_LEFT_OUT.matcher(mountPoint).matches()
              || TYPES_LEFT_OUT.matcher(fields[2]).matches();
      Labels labels =
          Labels.of("device", unescaped(fields[0]), "mountpoint", mountPoint, "fstype", fields[2]);
      if (!leftOut && seen.add(labels)) {
        add(into, labels, spaces.at(Path.of(mountPoint)), isReadOnly(fields[3]));
      }
    }
  }

  private static List<String> mounts(KernelFiles files) {
    List<String> ofInit = files.procLines("1/mounts");
    return ofInit.isEmpty() ? files.procLines("self/mounts") : ofInit;
  }

  private static void add(Families into, Labels labels, @Nullable Space space, boolean readOnly) {
    into.gauge(
        "node_filesystem_device_error",
        "Whether the file system did not say how full it is.",
        labels,
        space == null ? 1 : 0);
    if (space != null) {
      into.gauge("node_filesystem_size_bytes", "Size.", labels, space.size);
      into.gauge("node_filesystem_free_bytes", "Free space.", labels, space.free);
      into.gauge(
          "node_filesystem_avail_bytes", "Space free for all users.", labels, space.available);
      into.gauge("node_filesystem_readonly", "Whether it is read-only.", labels, readOnly ? 1 : 0);
    }
  }

  private static boolean isReadOnly(String options) {
    return List.of(options.split(",")).contains("ro");
  }

  /// Blanks in names of mounts are written as octal numbers.
  private static String unescaped(String text) {
    return text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }
}
