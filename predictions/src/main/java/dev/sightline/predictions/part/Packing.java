package dev.sightline.predictions.part;

/// How blocks of rows are packed.
public enum Packing {
  /// LZ4: for what is written while clients wait for room.
  FAST,
  /// zstd, a fifth smaller and several times slower: for what is written anew.
  SMALL
}
