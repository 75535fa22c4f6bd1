package dev.sightline.tsdb.block;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.tsdb.chunk.XorCursor;
import dev.sightline.tsdb.chunk.XorFormat;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads chunks from the files of a block.
///
/// @see ChunkFiles
final class BlockChunks implements AutoCloseable {
  private static final int USUAL_BYTES = 512;

  private final List<OpenFile> files = new ArrayList<>();

  /// @throws BadBytesException if a file is not one of chunks
  BlockChunks(FileSystem fileSystem, Path directory) {
    try {
      for (int i = 1; fileSystem.exists(ChunkFiles.path(directory, i)); i++) {
        OpenFile file = fileSystem.openForReading(ChunkFiles.path(directory, i));
        files.add(file);
        ByteSource header = new ByteSource(read(file, 0, ChunkFiles.HEADER_BYTES));
        if (header.u32() != ChunkFiles.MAGIC || header.u8() != ChunkFiles.VERSION) {
          throw new BadBytesException(file.path() + " is no file of chunks");
        }
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /// @throws BadBytesException if the chunk is not there or damaged
  XorCursor cursor(ChunkMeta meta) {
    if (meta.fileIndex() >= files.size()) {
      throw new BadBytesException(
          "chunk in file " + (meta.fileIndex() + 1) + " of " + files.size());
    }
    OpenFile file = files.get(meta.fileIndex());
    byte[] bytes = read(file, meta.offset(), USUAL_BYTES);
    ByteSource source = new ByteSource(bytes);
    long length = source.uvarint();
    int start = source.position();
    if (length < 0 || length > file.sizeBytes()) {
      throw new BadBytesException("chunk of " + length + " bytes in " + file.path());
    }
    int framed = Math.toIntExact(start + 1 + length + 4);
    if (framed > bytes.length) {
      bytes = read(file, meta.offset(), framed);
      source = new ByteSource(bytes).skip(start);
    }
    int encoding = source.u8();
    byte[] chunk = source.bytes((int) length);
    source.checksum(start, (int) length + 1);
    if (encoding != XorFormat.ENCODING) {
      throw new BadBytesException("chunk of encoding " + encoding + ", which is not read");
    }
    return new XorCursor(chunk);
  }

  /// @return fewer bytes at the end of the file
  private static byte[] read(OpenFile file, long offset, int length) {
    byte[] bytes = new byte[length];
    int read = file.read(ByteBuffer.wrap(bytes), offset);
    return read == length ? bytes : Arrays.copyOf(bytes, read);
  }

  @Override
  public void close() {
    files.forEach(OpenFile::close);
  }
}
