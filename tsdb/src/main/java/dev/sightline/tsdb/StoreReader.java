package dev.sightline.tsdb;

import dev.sightline.model.label.CodePointOrder;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SeriesSource;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.tsdb.block.Block;
import dev.sightline.tsdb.block.BlockSet;
import dev.sightline.tsdb.chunk.StoredSeries;
import dev.sightline.tsdb.head.Head;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads head and blocks as one.
final class StoreReader implements SeriesSource {
  /*
   * The head is asked before the blocks. When a range moves from the head into a block, the block is there before
   * the head lets go: so a reader may meet samples twice, and drops one of them, but never misses any.
   */
  private final Head head;
  private final BlockSet blocks;
  private final int maxSeries;

  /// @param maxSeries how many series one selection may have
  StoreReader(Head head, BlockSet blocks, int maxSeries) {
    this.head = head;
    this.blocks = blocks;
    this.maxSeries = maxSeries;
  }

  @Override
  public Selection select(List<Matcher> matchers, long startMs, long endMs) {
    List<StoredSeries> inHead = head.select(matchers, startMs, endMs);
    List<Block> held = blocks.hold(startMs, endMs);
    try {
      Map<Labels, List<StoredSeries>> parts = new HashMap<>();
      addTo(parts, inHead, matchers);
      for (Block block : held) {
        addTo(parts, block.select(matchers, startMs, endMs), matchers);
      }
      List<MergedSeries> series = new ArrayList<>(parts.size());
      parts.forEach(
          (labels, stored) -> series.add(new MergedSeries(labels, stored, startMs, endMs)));
      series.sort(Comparator.comparing(MergedSeries::labels));
      return new HeldSelection(series, held);
    } catch (RuntimeException failure) {
      held.forEach(Block::letGo);
      throw failure;
    }
  }

  private void addTo(
      Map<Labels, List<StoredSeries>> parts, List<StoredSeries> found, List<Matcher> matchers) {
    for (StoredSeries one : found) {
      parts.computeIfAbsent(one.labels(), _ -> new ArrayList<>(2)).add(one);
    }
    if (parts.size() > maxSeries) {
      throw new QueryException.LimitExceeded(
          "selector %s finds more than %d series, which is the limit"
              .formatted(matchers, maxSeries));
    }
  }

  /// @param blocks held until the selection is closed
  private record HeldSelection(List<MergedSeries> series, List<Block> blocks) implements Selection {
    @Override
    public void close() {
      blocks.forEach(Block::letGo);
    }
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long startMs, long endMs) {
    try (Selection selection = select(matchers, startMs, endMs)) {
      return selection.series().stream().map(SelectedSeries::labels).toList();
    }
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, long startMs, long endMs) {
    if (matchers.isEmpty()) {
      return fromIndexes(
          startMs, endMs, new IndexQuestion(Head::labelNames, b -> b.index().names()));
    }
    return fromSeries(
        matchers,
        startMs,
        endMs,
        (labels, into) -> {
          for (int i = 0; i < labels.size(); i++) {
            into.accept(labels.name(i));
          }
        });
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, long startMs, long endMs) {
    if (matchers.isEmpty()) {
      return fromIndexes(
          startMs,
          endMs,
          new IndexQuestion(h -> h.labelValues(name), block -> block.index().values(name)));
    }
    return fromSeries(
        matchers,
        startMs,
        endMs,
        (labels, into) -> {
          if (labels.has(name)) {
            into.accept(labels.get(name));
          }
        });
  }

  /// What to ask of each index.
  private record IndexQuestion(
      Function<Head, Collection<String>> ofHead, Function<Block, Collection<String>> ofBlock) {}

  private List<String> fromIndexes(long startMs, long endMs, IndexQuestion question) {
    TreeSet<String> texts = new TreeSet<>(CodePointOrder::compare);
    if (head.overlaps(startMs, endMs)) {
      texts.addAll(question.ofHead.apply(head));
    }
    List<Block> held = blocks.hold(startMs, endMs);
    try {
      held.forEach(block -> addTexts(block, question, texts));
    } finally {
      held.forEach(Block::letGo);
    }
    return List.copyOf(texts);
  }

  private static void addTexts(Block block, IndexQuestion question, Collection<String> into) {
    try {
      into.addAll(question.ofBlock.apply(block));
    } catch (BadBytesException damage) {
      block.noteDamage(damage);
    }
  }

  private interface TextsOf {
    void add(Labels labels, Consumer<String> into);
  }

  private List<String> fromSeries(
      List<Matcher> matchers, long startMs, long endMs, TextsOf textsOf) {
    TreeSet<String> texts = new TreeSet<>(CodePointOrder::compare);
    try (Selection selection = select(matchers, startMs, endMs)) {
      selection.series().forEach(one -> textsOf.add(one.labels(), texts::add));
    }
    return List.copyOf(texts);
  }
}
