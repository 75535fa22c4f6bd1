package dev.sightline.logstore.block;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.OpenFile;
import java.nio.ByteBuffer;

/// Where a section of a block lies, and its checksum.
record Place(long offset, int storedBytes, int rawBytes, long checksum) {
  /// No section is larger, whatever a damaged file says.
  private static final int MAX_BYTES = 1 << 28;

  Place {
    if (offset < 0 || storedBytes < 0 || rawBytes < storedBytes || rawBytes > MAX_BYTES) {
      throw new BadBytesException("a section of impossible size");
    }
  }

  static Place read(ByteSource source) {
    return new Place(
        source.uvarint(), bounded(source.uvarint()), bounded(source.uvarint()), source.u32());
  }

  static int bounded(long number) {
    if (number < 0 || number > MAX_BYTES) {
      throw new BadBytesException("a length of " + number);
    }
    return (int) number;
  }

  void write(ByteSink sink) {
    sink.uvarint(offset).uvarint(storedBytes).uvarint(rawBytes).u32(checksum);
  }

  /// @throws BadBytesException if the bytes there are not those that were written
  byte[] load(OpenFile file) {
    byte[] stored = fetch(file, offset, storedBytes, checksum);
    return Compression.decompress(stored, 0, storedBytes, rawBytes);
  }

  static byte[] fetch(OpenFile file, long offset, int length, long checksum) {
    if (offset + length > file.sizeBytes()) {
      throw new BadBytesException(file.path() + " ends before " + (offset + length));
    }
    byte[] stored = new byte[length];
    file.read(ByteBuffer.wrap(stored), offset);
    long found = ByteSource.crc(stored, 0, length);
    if (found != checksum) {
      throw new BadBytesException(
          "checksum %08x at %d of %s, expected %08x"
              .formatted(found, offset, file.path(), checksum));
    }
    return stored;
  }
}
