package dev.sightline.server.cli;

import dev.sightline.quality.offline.KeepRows;
import dev.sightline.wire.table.BadTableException;
import picocli.CommandLine.Option;

/// What the commands on files have in common: how much of a file is kept in memory.
final class TableOptions {
  @Option(
      names = "--exact",
      description = "Keeps every row, whatever memory that takes; else sketches beyond 64 MB.")
  private boolean exact;

  @Option(names = "--sketch", description = "Keeps sketches alone, also of small files.")
  private boolean sketch;

  KeepRows keep() {
    if (exact && sketch) {
      throw new BadTableException("--exact and --sketch exclude each other");
    }
    return exact ? KeepRows.all() : sketch ? KeepRows.NONE : KeepRows.FEW;
  }
}
