package dev.sightline.logstore;

import dev.sightline.logstore.block.Block;
import dev.sightline.logstore.head.Head;
import dev.sightline.logstore.merge.MergedCursor;
import dev.sightline.logstore.merge.Span;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.model.label.CodePointOrder;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LineCounts;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSource;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.fs.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers questions from all parts of the store.
final class StoreReader implements LogSource {
  private static final Logger LOG = LoggerFactory.getLogger(StoreReader.class);

  private final Supplier<Parts> parts;
  private final Runnable onDamage;

  StoreReader(Supplier<Parts> parts, Runnable onDamage) {
    this.parts = parts;
    this.onDamage = onDamage;
  }

  @Override
  public Selection select(Request request) {
    Span span =
        new Span(request.startNs(), request.endNs(), request.direction(), request.mustContain());
    Map<Labels, List<StreamPart>> byStream = new HashMap<>();
    Found found = find(request.matchers(), span.startNs(), span.endNs());
    for (StreamPart part : found.parts) {
      byStream.computeIfAbsent(part.labels(), _ -> new ArrayList<>(2)).add(part);
    }
    List<FoundStream> streams = new ArrayList<>(byStream.size());
    byStream.forEach((labels, of) -> streams.add(new FoundStream(labels, of, span)));
    streams.sort((left, right) -> left.labels.compareTo(right.labels));
    return new FoundStreams(streams, found);
  }

  /// Parts of streams in the order in which their lines arrived, and the blocks that are held for
  /// them.
  private record Found(List<StreamPart> parts, List<Block> held, AtomicBoolean closed)
      implements AutoCloseable {
    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        held.forEach(Block::release);
      }
    }
  }

  private Found find(List<Matcher> matchers, long startNs, long endNs) {
    Parts present = parts.get();
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new AtomicBoolean());
    for (Block block : present.blocks()) {
      if (block.summary().minNs() < endNs && block.summary().maxNs() >= startNs) {
        find(block, matchers, startNs, endNs, found);
      }
    }
    Head frozen = present.frozen();
    if (frozen != null) {
      found.parts.addAll(frozen.select(matchers, startNs, endNs));
    }
    found.parts.addAll(present.active().select(matchers, startNs, endNs));
    return found;
  }

  /// A block that cannot be read is missing from the answer, and costs nothing else.
  private void find(Block block, List<Matcher> matchers, long startNs, long endNs, Found found) {
    try {
      block.acquire();
    } catch (StorageException gone) {
      onDamage.run();
      LOG.error("logs: a block is left out of an answer: {}", gone.getMessage());
      return;
    }
    try {
      List<StreamPart> ofBlock = block.select(matchers, startNs, endNs);
      if (ofBlock.isEmpty()) {
        block.release();
      } else {
        found.parts.addAll(ofBlock);
        found.held.add(block);
      }
    } catch (StorageException | BadBytesException damage) {
      block.release();
      onDamage.run();
      LOG.error("logs: a block is left out of an answer: {}", damage.getMessage());
    }
  }

  private record FoundStreams(List<FoundStream> streams, Found found) implements Selection {
    @Override
    public void close() {
      found.close();
    }
  }

  private record FoundStream(Labels labels, List<StreamPart> parts, Span span)
      implements SelectedStream {
    @Override
    public LogCursor read() {
      return parts.size() == 1 ? parts.getFirst().read(span) : new MergedCursor(parts, span);
    }

    @Override
    public void count(Set<String> metadataNames, LineCounts into) {
      for (StreamPart part : parts) {
        part.count(span.whole(), metadataNames, into);
      }
    }
  }

  @Override
  public List<Labels> streams(List<Matcher> matchers, long startNs, long endNs) {
    TreeSet<Labels> streams = new TreeSet<>();
    try (Found found = find(matchers, startNs, endNs)) {
      found.parts.forEach(part -> streams.add(part.labels()));
    }
    return List.copyOf(streams);
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, long startNs, long endNs) {
    TreeSet<String> names = new TreeSet<>(CodePointOrder::compare);
    for (Labels labels : streams(matchers, startNs, endNs)) {
      for (int i = 0; i < labels.size(); i++) {
        names.add(labels.name(i));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, long startNs, long endNs) {
    TreeSet<String> values = new TreeSet<>(CodePointOrder::compare);
    for (Labels labels : streams(matchers, startNs, endNs)) {
      if (labels.has(name)) {
        values.add(labels.get(name));
      }
    }
    return List.copyOf(values);
  }
}
