package dev.sightline.storage.simulated;

import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.simulated.Fault.Operation;
import dev.sightline.storage.simulated.SimulatedFileSystem.Attempt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/// A simulated file that somebody has opened.
final class SimulatedOpenFile implements OpenFile {
  private final SimulatedFileSystem disk;
  private final Path path;
  private final SimulatedFile file;
  private final boolean writable;
  private boolean closed;

  SimulatedOpenFile(SimulatedFileSystem disk, Path path, SimulatedFile file, boolean writable) {
    this.disk = disk;
    this.path = path;
    this.file = file;
    this.writable = writable;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public long sizeBytes() {
    synchronized (disk) {
      return file.size();
    }
  }

  @Override
  public int read(ByteBuffer into, long offset) {
    return attempt(
        "read",
        () -> {
          disk.reach(Operation.READ);
          byte[] piece = new byte[into.remaining()];
          int count = file.read(piece, 0, piece.length, offset);
          into.put(piece, 0, count);
          return count;
        });
  }

  @Override
  public void write(ByteBuffer from, long offset) {
    attempt(
        "write",
        () -> {
          byte[] content = new byte[from.remaining()];
          from.get(content);
          requireWritable();
          disk.requireAlive();
          try {
            disk.reach(Operation.WRITE);
          } catch (IOException failure) {
            writeFirst(content, disk.random().nextInt(content.length + 1), offset);
            throw failure;
          }
          long free = disk.freeBytes() + Math.max(0, file.size() - offset);
          if (free < content.length) {
            writeFirst(content, (int) free, offset);
            throw new IOException("No space left on device");
          }
          file.write(content, Math.toIntExact(offset));
          return content.length;
        });
  }

  @Override
  public void sync() {
    attempt(
        "sync",
        () -> {
          disk.requireAlive();
          try {
            disk.reach(Operation.SYNC);
          } catch (IOException failure) {
            file.failToSync(disk.random());
            throw failure;
          }
          file.sync();
          return true;
        });
  }

  @Override
  public void truncate(long sizeBytes) {
    attempt(
        "truncate",
        () -> {
          disk.reach(Operation.TRUNCATE);
          requireWritable();
          file.truncate(Math.toIntExact(sizeBytes));
          return true;
        });
  }

  @Override
  public void close() {
    closed = true;
  }

  private void writeFirst(byte[] content, int count, long offset) {
    file.write(Arrays.copyOf(content, count), Math.toIntExact(offset));
  }

  private void requireWritable() throws IOException {
    if (!writable) {
      throw new IOException("the file was opened for reading");
    }
  }

  private <T> T attempt(String what, Attempt<T> work) {
    synchronized (disk) {
      try {
        if (closed) {
          throw new IOException("the file is closed");
        }
        return work.run();
      } catch (IOException failure) {
        throw new StorageException(path, what, failure);
      }
    }
  }
}
