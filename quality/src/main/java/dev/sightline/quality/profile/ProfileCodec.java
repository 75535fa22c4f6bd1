package dev.sightline.quality.profile;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/// The bytes of a profile, of which single slices and features can be read.
///
/// Texts and counts as [ByteSink] writes them: version 1; k; dropped rows; count of slices, and for
/// each version, segment, rows, values that were not kept, count of features, and for each its name
/// and, behind their size, its bytes. CRC-32C of all before it.
final class ProfileCodec {
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MOST_K = 1 << 15;

  private ProfileCodec() {}

  static byte[] encode(Profile profile) {
    ByteSink to = new ByteSink(1 << 16).u8(VERSION).uvarint(profile.k());
    to.uvarint(profile.dropped()).uvarint(profile.slices().size());
    ByteSink one = new ByteSink(1 << 14);
    profile
        .slices()
        .forEach(
            (slice, kept) -> {
              to.text(slice.version()).text(slice.segment());
              to.uvarint(kept.rows()).uvarint(kept.unkept()).uvarint(kept.features().size());
              kept.features()
                  .forEach(
                      (name, feature) -> {
                        one.clear();
                        feature.encode(one);
                        to.text(name).uvarint(one.size()).bytes(one.toArray());
                      });
            });
    return to.checksum(0).toArray();
  }

  /// @param slices which are wanted
  /// @param features of which are wanted
  /// @throws BadBytesException if these are not the bytes of a profile
  static Profile decode(byte[] bytes, Predicate<Slice> slices, Predicate<String> features) {
    ByteSource from = open(bytes);
    int k = Math.clamp(from.uvarint(), 8, MOST_K);
    Profile profile = new Profile(k);
    profile.addDropped(from.uvarint());
    int count = from.length();
    for (int each = 0; each < count; each++) {
      Slice slice = new Slice(from.text(), from.text());
      SliceProfile kept = new SliceProfile(k);
      kept.addRows(from.uvarint());
      kept.addUnkept(from.uvarint());
      boolean wanted = slices.test(slice);
      int named = from.length();
      for (int feature = 0; feature < named; feature++) {
        String name = from.text();
        byte[] encoded = from.bytes(from.length());
        if (wanted && features.test(name)) {
          kept.put(name, FeatureProfile.decode(new ByteSource(encoded), k));
        }
      }
      if (wanted) {
        profile.put(slice, kept);
      }
    }
    return profile;
  }

  private static ByteSource open(byte[] bytes) {
    if (bytes.length <= CHECKSUM_BYTES) {
      throw new BadBytesException("a profile of " + bytes.length + " bytes");
    }
    int end = bytes.length - CHECKSUM_BYTES;
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, end);
    if (new ByteSource(bytes, end, CHECKSUM_BYTES).u32() != crc.getValue()) {
      throw new BadBytesException("the checksum of a profile is another");
    }
    ByteSource from = new ByteSource(bytes, 0, end);
    int version = from.u8();
    if (version != VERSION) {
      throw new BadBytesException("a profile of version " + version + ", not " + VERSION);
    }
    return from;
  }
}
