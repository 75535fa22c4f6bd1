/// Bytes on disk of no one kind: file systems, the log, checksums. Nothing here knows what the
/// bytes mean.
@org.jspecify.annotations.NullMarked
module sightline.storage {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires aircompressor.v3;
  requires org.slf4j;

  exports dev.sightline.storage.codec;
  exports dev.sightline.storage.failpoint;
  exports dev.sightline.storage.fs;
  exports dev.sightline.storage.simulated;
  exports dev.sightline.storage.wal;
}
