package dev.sightline.quality.profile;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.PlainName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of profiles: `MODEL/hours/START`, `MODEL/days/START` and `MODEL/uploads/START`, each
/// replaced as a whole; `MODEL/name`; and `open.hours`, those whose files may lack rows.
final class ProfileFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ProfileFiles.class);
  private static final String NAME = "name";
  private static final String OPEN = "open.hours"; // no folder of a model has a dot
  private static final int CHECKSUM_BYTES = 4;

  private final FileSystem files;
  private final Path directory;

  /// As far as they have been listed since the last one came.
  private volatile @Nullable Set<String> known;

  /// What a file holds.
  enum Kind {
    /// Of stored rows.
    HOURS,
    /// The hours of a day, merged.
    DAYS,
    /// What whylogs clients sent for an hour.
    UPLOADS;

    private String folder() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  ProfileFiles(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  private Path folder(String model, Kind kind) {
    return directory.resolve(PlainName.of(model)).resolve(kind.folder());
  }

  /// Starts of what there is, Unix milliseconds.
  NavigableSet<Long> list(String model, Kind kind) {
    TreeSet<Long> starts = new TreeSet<>();
    for (Path file : files.list(folder(model, kind))) {
      String name = file.getFileName().toString();
      if (name.matches("-?\\d{1,18}")) {
        starts.add(Long.parseLong(name));
      }
    }
    return starts;
  }

  /// Every model that has a profile, by name.
  Set<String> models() {
    Set<String> seen = known;
    if (seen != null) {
      return seen;
    }
    Set<String> models = new LinkedHashSet<>();
    for (Path folder : files.list(directory)) {
      Path name = folder.resolve(NAME);
      if (files.exists(name)) {
        models.add(new String(AtomicReplacement.read(files, name), StandardCharsets.UTF_8));
      }
    }
    known = Set.copyOf(models);
    return models;
  }

  /// @return null where there is none, or where it is damaged, which the log says
  @Nullable Profile read(
      String model, Kind kind, long startMs, Predicate<Slice> slices, Predicate<String> features) {
    Path file = folder(model, kind).resolve(Long.toString(startMs));
    if (!files.exists(file)) {
      return null;
    }
    try {
      return ProfileCodec.decode(AtomicReplacement.read(files, file), slices, features);
    } catch (BadBytesException bad) {
      LOG.warn("profile {} is not read: {}", file, bad.getMessage());
      return null;
    }
  }

  @Nullable Profile read(String model, Kind kind, long startMs) {
    return read(model, kind, startMs, _ -> true, _ -> true);
  }

  boolean has(String model, Kind kind, long startMs) {
    return files.exists(folder(model, kind).resolve(Long.toString(startMs)));
  }

  void write(String model, Kind kind, long startMs, Profile profile) {
    write(model, kind, startMs, ProfileCodec.encode(profile));
  }

  /// Returns when it would survive a power cut.
  void write(String model, Kind kind, long startMs, byte[] bytes) {
    Path folder = folder(model, kind);
    files.createDirectories(folder);
    Path ofModel = directory.resolve(PlainName.of(model));
    if (!files.exists(ofModel.resolve(NAME))) {
      byte[] name = model.getBytes(StandardCharsets.UTF_8);
      AtomicReplacement.write(files, ofModel, NAME, name);
      known = null;
    }
    AtomicReplacement.write(files, folder, Long.toString(startMs), bytes);
  }

  void delete(String model, Kind kind, long startMs) {
    files.delete(folder(model, kind).resolve(Long.toString(startMs)));
  }

  /// Remembers the hours whose files may lack rows.
  void writeOpen(Set<HourKey> hours) {
    files.createDirectories(directory);
    ByteSink to = new ByteSink().uvarint(hours.size());
    hours.forEach(hour -> to.text(hour.model()).varint(hour.startMs()));
    AtomicReplacement.write(files, directory, OPEN, to.checksum(0).toArray());
  }

  Set<HourKey> readOpen() {
    Set<HourKey> hours = new LinkedHashSet<>();
    Path file = directory.resolve(OPEN);
    if (!files.exists(file)) {
      return hours;
    }
    byte[] bytes = AtomicReplacement.read(files, file);
    try {
      int end = Math.max(0, bytes.length - CHECKSUM_BYTES);
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, end);
      if (new ByteSource(bytes, end, bytes.length - end).u32() != crc.getValue()) {
        throw new BadBytesException("its checksum is another");
      }
      ByteSource from = new ByteSource(bytes, 0, end);
      int count = from.length();
      for (int each = 0; each < count; each++) {
        hours.add(new HourKey(from.text(), from.varint()));
      }
    } catch (BadBytesException bad) {
      LOG.error("which profiles lack rows is not known, {}: {}", file, bad.getMessage());
    }
    return hours;
  }
}
