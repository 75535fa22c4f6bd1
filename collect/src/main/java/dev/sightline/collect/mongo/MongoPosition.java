package dev.sightline.collect.mongo;

import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/// How far a collection has been read, so that a restart need not read all of it again. Reading
/// something twice changes nothing, so a position that is lost or late costs time alone.
///
/// @param place of the collection
/// @param lastId the largest id; null where there is none, or ids do not rise with time
/// @param lastValidatedMs when the newest truth became known, Unix milliseconds; 0 for none
/// @param complete whether everything below `lastId` has been read
record MongoPosition(
    String place, @Nullable ObjectId lastId, long lastValidatedMs, boolean complete) {
  static MongoPosition start(String place) {
    return new MongoPosition(place, null, 0, false);
  }

  MongoPosition with(@Nullable ObjectId id, long validatedMs) {
    ObjectId last = id == null || lastId != null && lastId.compareTo(id) > 0 ? lastId : id;
    return new MongoPosition(place, last, Math.max(lastValidatedMs, validatedMs), complete);
  }

  MongoPosition completed() {
    return new MongoPosition(place, lastId, lastValidatedMs, true);
  }

  /// @return the start where the file is absent, of another collection, or no position
  static MongoPosition load(FileSystem files, Path file, String place) {
    if (!files.exists(file)) {
      return start(place);
    }
    ByteBuffer bytes = ByteBuffer.allocate(4_096);
    try (OpenFile open = files.openForReading(file)) {
      open.read(bytes, 0);
    }
    List<String> lines = StandardCharsets.UTF_8.decode(bytes.flip()).toString().lines().toList();
    if (lines.size() != 4
        || !lines.getFirst().equals(place)
        || !lines.get(2).matches("\\d{1,15}")
        || !lines.get(1).isEmpty() && !ObjectId.isValid(lines.get(1))) {
      return start(place);
    }
    ObjectId id = lines.get(1).isEmpty() ? null : new ObjectId(lines.get(1));
    return new MongoPosition(
        place, id, Long.parseLong(lines.get(2)), Boolean.parseBoolean(lines.get(3)));
  }

  void save(FileSystem files, Path file) {
    String text =
        "%s%n%s%n%d%n%s%n"
            .formatted(
                place, lastId == null ? "" : lastId.toHexString(), lastValidatedMs, complete);
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    files.delete(fresh);
    try (OpenFile open = files.create(fresh)) {
      open.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      open.sync();
    }
    files.rename(fresh, file);
    files.syncDirectory(Objects.requireNonNull(file.getParent()));
  }
}
