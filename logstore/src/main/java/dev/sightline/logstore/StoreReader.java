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
import dev.sightline.model.log.LineTest.Tester;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers questions from all parts of the store.
final class StoreReader implements LogSource {
  private static final Logger LOG = LoggerFactory.getLogger(StoreReader.class);

  private final Supplier<Parts> parts;
  private final Visibility visibility;
  private final Runnable onDamage;

  StoreReader(Supplier<Parts> parts, Visibility visibility, Runnable onDamage) {
    this.parts = parts;
    this.visibility = visibility;
    this.onDamage = onDamage;
  }

  @Override
  public Selection select(Request request) {
    Span span =
        new Span(request.startNs(), request.endNs(), request.direction(), request.mustContain());
    // Before the parts: what is found out to be gone after this is still hidden in older parts.
    Visibility.View view = visibility.now(parts.get());
    Map<Labels, List<StreamPart>> byStream = new HashMap<>();
    Found found = find(request.matchers(), span.startNs(), span.endNs());
    for (StreamPart part : found.parts) {
      byStream.computeIfAbsent(part.labels(), _ -> new ArrayList<>(2)).add(part);
    }
    List<FoundStream> streams = new ArrayList<>(byStream.size());
    byStream.forEach(
        (labels, of) -> {
          Span visible = view.kept(labels, span);
          Tester hides = view.hiding(labels, visible);
          streams.add(new FoundStream(labels, of, visible, hides));
        });
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

  @SuppressWarnings("ReferenceEquality") // parts are changed by putting others in their place
  private Found find(List<Matcher> matchers, long startNs, long endNs) {
    Parts present = parts.get();
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new AtomicBoolean());
    for (Block block : present.blocks()) {
      if (block.summary().minNs() < endNs && block.summary().maxNs() >= startNs) {
        boolean there = hold(block, present);
        if (!there && parts.get() != present) {
          // Others have come in the place of some blocks before these could be held.
          found.close();
          return find(matchers, startNs, endNs);
        }
        if (there) {
          find(block, matchers, startNs, endNs, found);
        }
      }
    }
    Head frozen = present.frozen();
    if (frozen != null) {
      found.parts.addAll(frozen.select(matchers, startNs, endNs));
    }
    found.parts.addAll(present.active().select(matchers, startNs, endNs));
    return found;
  }

  @SuppressWarnings("ReferenceEquality") // as above
  private boolean hold(Block block, Parts present) {
    try {
      block.acquire();
      return true;
    } catch (StorageException gone) {
      if (parts.get() == present) {
        onDamage.run();
        LOG.error("logs: a block is left out of an answer: {}", gone.getMessage());
      }
      return false;
    }
  }

  /// A block that cannot be read is missing from the answer, and costs nothing else.
  private void find(Block block, List<Matcher> matchers, long startNs, long endNs, Found found) {
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

  private record FoundStream(
      Labels labels, List<StreamPart> parts, Span span, @Nullable Tester hides)
      implements SelectedStream {
    @Override
    public LogCursor read() {
      return read(span);
    }

    private LogCursor read(Span wanted) {
      LogCursor lines =
          parts.size() == 1 ? parts.getFirst().read(wanted) : new MergedCursor(parts, wanted);
      return hides == null ? lines : new HidingCursor(labels, lines, hides, _ -> {});
    }

    @Override
    public void count(Set<String> metadataNames, LineCounts into) {
      if (hides != null) {
        LineCounts.walk(read(span.whole()), metadataNames, into);
        return;
      }
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
