/// Bytes on disk of no one kind: file systems, the log, checksums. Nothing here knows what the
/// bytes mean.
@org.jspecify.annotations.NullMarked
module sightline.storage {
  requires transitive sightline.model;
  requires static transitive org.jspecify;

  exports dev.sightline.storage.fs;
}
