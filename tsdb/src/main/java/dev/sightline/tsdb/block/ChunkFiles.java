package dev.sightline.tsdb.block;

import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.tsdb.chunk.XorFormat;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes the files of a block that hold its chunks: `chunks/000001`, `chunks/000002` …
///
/// | Size    | Field      | Meaning                                 |
/// |--------:|------------|-----------------------------------------|
/// | 4       | `magic`    | 0x85bd40dd                              |
/// | 1       | `version`  | 1                                       |
/// | 3       |            | zero                                    |
/// | 1 to 5  | `length`   | uvarint; from here on repeated          |
/// | 1       | `encoding` | [XorFormat#ENCODING]                    |
/// | length  | `chunk`    |                                         |
/// | 4       | `checksum` | CRC-32C of encoding and chunk           |
final class ChunkFiles implements AutoCloseable {
  static final long MAGIC = 0x85bd40ddL;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 8;

  /// What stands around a chunk at most.
  static final int FRAME_BYTES = 5 + 1 + 4;

  private static final long MAX_FILE_BYTES = 512L << 20;

  private final FileSystem files;
  private final Path directory;
  private @Nullable FileSink file;
  private int fileCount;

  /// @param directory that is there and empty
  ChunkFiles(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /// @return where it lies, see [ChunkMeta#ref]
  long add(byte[] chunk) {
    FileSink present = file;
    if (present == null || present.position() + chunk.length + FRAME_BYTES > MAX_FILE_BYTES) {
      present = nextFile();
    }
    long ref = (long) (fileCount - 1) << 32 | present.position();
    ByteSink into = present.buffer().uvarint(chunk.length);
    int from = into.size();
    into.u8(XorFormat.ENCODING).bytes(chunk).checksum(from);
    present.step();
    return ref;
  }

  private FileSink nextFile() {
    finishFile();
    fileCount++;
    FileSink fresh = new FileSink(files, path(directory, fileCount));
    fresh.buffer().u32(MAGIC).u8(VERSION).u8(0).u8(0).u8(0);
    file = fresh;
    return fresh;
  }

  private void finishFile() {
    FileSink present = file;
    if (present != null) {
      present.finish();
      present.close();
      file = null;
    }
  }

  /// Returns when all of it would survive a power cut.
  void finish() {
    finishFile();
    files.syncDirectory(directory);
  }

  @Override
  public void close() {
    FileSink present = file;
    if (present != null) {
      present.close();
    }
  }

  /// @param number from 1
  static Path path(Path directory, int number) {
    return directory.resolve(String.format(Locale.ROOT, "%06d", number));
  }
}
