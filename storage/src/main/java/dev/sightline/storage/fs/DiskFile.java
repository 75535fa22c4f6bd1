package dev.sightline.storage.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// An open file on the disk of the machine.
final class DiskFile implements OpenFile {
  private final Path path;
  private final FileChannel channel;

  DiskFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public long sizeBytes() {
    try {
      return channel.size();
    } catch (IOException failure) {
      throw new StorageException(path, "size of", failure);
    }
  }

  @Override
  public int read(ByteBuffer into, long offset) {
    int total = 0;
    try {
      while (into.hasRemaining()) {
        int count = channel.read(into, offset + total);
        if (count < 0) {
          break;
        }
        total += count;
      }
    } catch (IOException failure) {
      throw new StorageException(path, "read", failure);
    }
    return total;
  }

  @Override
  public void write(ByteBuffer from, long offset) {
    long at = offset;
    try {
      while (from.hasRemaining()) {
        at += channel.write(from, at);
      }
    } catch (IOException failure) {
      throw new StorageException(path, "write", failure);
    }
  }

  @Override
  public void sync() {
    try {
      channel.force(false);
    } catch (IOException failure) {
      throw new StorageException(path, "sync", failure);
    }
  }

  @Override
  public void truncate(long sizeBytes) {
    try {
      channel.truncate(sizeBytes);
    } catch (IOException failure) {
      throw new StorageException(path, "truncate", failure);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // what had to be safe was synced before, so there is nothing left to lose
    }
  }
}
