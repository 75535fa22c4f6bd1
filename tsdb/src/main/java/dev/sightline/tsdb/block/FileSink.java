package dev.sightline.tsdb.block;

import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import java.nio.file.Path;

/// A new file that is written from its beginning to its end, in large steps.
final class FileSink implements AutoCloseable {
  private static final int STEP_BYTES = 1 << 20;

  private final OpenFile file;
  private final ByteSink buffer = new ByteSink(STEP_BYTES + (STEP_BYTES >> 2));
  private long writtenBytes;

  FileSink(FileSystem files, Path path) {
    this.file = files.create(path);
  }

  /// Where the next byte goes.
  long position() {
    return writtenBytes + buffer.size();
  }

  /// What comes next is added here; call [#step] now and then.
  ByteSink buffer() {
    return buffer;
  }

  /// Zeros up to the next multiple.
  void pad(int alignment) {
    buffer.pad(writtenBytes, alignment);
  }

  /// Writes what has gathered, if it is enough for a step.
  void step() {
    if (buffer.size() >= STEP_BYTES) {
      flush();
    }
  }

  private void flush() {
    file.write(buffer.view(), writtenBytes);
    writtenBytes += buffer.size();
    buffer.clear();
  }

  /// Returns when all of the file would survive a power cut.
  void finish() {
    flush();
    file.sync();
  }

  @Override
  public void close() {
    file.close();
  }
}
