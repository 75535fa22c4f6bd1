package dev.sightline.server;

import dev.sightline.predictions.privacy.KeyedHash;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The key of hashed fields where none is configured: made once, and kept beside what it hides.
///
/// Whoever loses it cannot connect new values with old ones any more; whoever wants to hide more
/// configures a key that lies elsewhere.
final class OwnKey {
  private static final int KEY_BYTES = 32;

  private OwnKey() {}

  static KeyedHash hash(Ground ground) {
    FileSystem files = ground.files();
    Path directory = ground.data("state");
    Path file = directory.resolve("hash.key");
    files.createDirectories(directory);
    if (!files.exists(file)) {
      make(files, file);
      files.syncDirectory(directory);
    }
    ByteBuffer key = ByteBuffer.allocate(2 * KEY_BYTES);
    try (OpenFile open = files.openForReading(file)) {
      open.read(key, 0);
    }
    return new KeyedHash(StandardCharsets.US_ASCII.decode(key.flip()).toString());
  }

  private static void make(FileSystem files, Path file) {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    Path fresh = file.resolveSibling("hash.key.tmp");
    files.delete(fresh);
    try (OpenFile open = files.create(fresh)) {
      String text = HexFormat.of().formatHex(random);
      open.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      open.sync();
    }
    files.rename(fresh, file);
  }
}
