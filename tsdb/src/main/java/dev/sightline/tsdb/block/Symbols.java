package dev.sightline.tsdb.block;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The texts of a block's labels by number; each becomes a string when it is first asked for.
final class Symbols {
  private final byte[] section;
  private final int[] offsets;
  private final AtomicReferenceArray<String> texts;

  /// @param section from its count to before its checksum
  Symbols(byte[] section) {
    this.section = section;
    ByteSource source = new ByteSource(section);
    long count = source.u32();
    if (count > source.remaining()) {
      throw new BadBytesException("index of " + count + " symbols in " + section.length + " bytes");
    }
    this.offsets = new int[(int) count];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = source.position();
      source.skip(source.length());
    }
    this.texts = new AtomicReferenceArray<>(offsets.length);
  }

  String text(long number) {
    if (number < 0 || number >= offsets.length) {
      throw new BadBytesException("symbol " + number + " of " + offsets.length);
    }
    int index = (int) number;
    String text = texts.get(index);
    if (text == null) {
      int offset = offsets[index];
      text = new ByteSource(section, offset, section.length - offset).text();
      texts.set(index, text);
    }
    return text;
  }
}
