package dev.sightline.model.series;

import dev.sightline.model.label.Matcher;
import java.util.List;

/// Looks after a store of metrics: what is in it, what should go, a copy to take away.
///
/// Safe for any number of threads. What changes something returns when a power cut would not undo
/// it, and throws [dev.sightline.model.store.StoreUnavailableException] where the disk refuses.
public interface SeriesKeeping {
  /// Hides the samples of series in a range, both ends included, at once; their room on the disk is
  /// given back within minutes.
  void delete(List<Matcher> matchers, long startMs, long endMs);

  /// Gives back the room of what was deleted, now.
  void cleanDeleted();

  /// Lays a copy of everything beside the data, as a directory that opens as a store.
  ///
  /// @param withHead also what is not in blocks yet
  /// @return the name of the directory
  String snapshot(boolean withHead);

  /// Begins to take samples of any age.
  SeriesBackfill backfill();

  /// What is in memory.
  ///
  /// @param limit how long each list may be
  HeadFacts head(int limit);

  /// What is on the disk, in order of time.
  List<BlockFacts> blocks();

  /// How far the log has been read back.
  LogReplay logReplay();

  /// What is in memory, and what takes most of it.
  ///
  /// @param minMs of the samples; `Long.MAX_VALUE` if there are none
  /// @param maxMs of the samples; `Long.MIN_VALUE` if there are none
  record HeadFacts(
      long series,
      long labelPairs,
      long chunks,
      long minMs,
      long maxMs,
      List<Amount> seriesByMetric,
      List<Amount> valuesByLabel,
      List<Amount> bytesByLabel,
      List<Amount> seriesByPair) {
    public HeadFacts {
      seriesByMetric = List.copyOf(seriesByMetric);
      valuesByLabel = List.copyOf(valuesByLabel);
      bytesByLabel = List.copyOf(bytesByLabel);
      seriesByPair = List.copyOf(seriesByPair);
    }
  }

  /// How much there is of something.
  record Amount(String name, long value) {}

  /// A block as it describes itself.
  ///
  /// @param maxMs not included
  /// @param sources blocks of level 1 that it holds
  /// @param parents blocks that it has replaced
  record BlockFacts(
      String ulid,
      long minMs,
      long maxMs,
      BlockAmounts amounts,
      int level,
      List<String> sources,
      List<BlockParent> parents) {
    public BlockFacts {
      sources = List.copyOf(sources);
      parents = List.copyOf(parents);
    }
  }

  /// How much is in a block.
  record BlockAmounts(long samples, long series, long chunks, long tombstones, long sizeBytes) {}

  /// A block that another one has replaced.
  record BlockParent(String ulid, long minMs, long maxMs) {}

  /// @param firstFile of the log, as the other two are
  /// @param state `waiting`, `in progress` or `done`
  record LogReplay(int firstFile, int lastFile, int currentFile, String state) {}
}
