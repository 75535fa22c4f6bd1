package dev.sightline.predictions.part;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// The rows of a part in a range of time, block by block, forwards or backwards.
public final class PartWalk implements Iterator<StoredRow> {
  private final Part part;
  private final long startMs;
  private final long endMs;
  private final boolean backwards;
  private int nextBlock;
  private final int lastBlock;
  private List<StoredRow> rows = List.of();
  private int nextRow;

  /// @param startMs included
  /// @param endMs excluded
  public PartWalk(Part part, long startMs, long endMs, boolean backwards) {
    this.part = part;
    this.startMs = startMs;
    this.endMs = endMs;
    this.backwards = backwards;
    int first = part.blocks().firstFrom(startMs);
    int last = endMs == Long.MIN_VALUE ? -1 : part.blocks().endTo(endMs - 1) - 1;
    this.nextBlock = backwards ? last : first;
    this.lastBlock = backwards ? first : last;
    advance();
  }

  @Override
  public boolean hasNext() {
    return nextRow < rows.size();
  }

  @Override
  public StoredRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    StoredRow row = rows.get(nextRow++);
    if (nextRow == rows.size()) {
      advance();
    }
    return row;
  }

  private void advance() {
    nextRow = 0;
    rows = List.of();
    while (rows.isEmpty() && (backwards ? nextBlock >= lastBlock : nextBlock <= lastBlock)) {
      List<StoredRow> block = part.read(nextBlock);
      nextBlock += backwards ? -1 : 1;
      rows = (backwards ? block.reversed() : block).stream().filter(this::isWanted).toList();
    }
  }

  private boolean isWanted(StoredRow row) {
    return row.place().timeMs() >= startMs && row.place().timeMs() < endMs;
  }
}
