package dev.sightline.logstore;

import dev.sightline.logstore.head.Head;
import dev.sightline.logstore.merge.MergedCursor;
import dev.sightline.logstore.merge.Span;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.model.label.CodePointOrder;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Answers questions from all parts of the store.
final class StoreReader implements LogSource {
  private final Supplier<Head> head;

  StoreReader(Supplier<Head> head) {
    this.head = head;
  }

  @Override
  public Selection select(Request request) {
    Span span =
        new Span(request.startNs(), request.endNs(), request.direction(), request.mustContain());
    Map<Labels, List<StreamPart>> parts = new HashMap<>();
    for (StreamPart part : head.get().select(request.matchers(), span.startNs(), span.endNs())) {
      parts.computeIfAbsent(part.labels(), _ -> new ArrayList<>(2)).add(part);
    }
    List<Found> found = new ArrayList<>(parts.size());
    parts.forEach((labels, ofStream) -> found.add(new Found(labels, ofStream, span)));
    found.sort((left, right) -> left.labels.compareTo(right.labels));
    return new FoundAll(found);
  }

  private record FoundAll(List<Found> streams) implements Selection {
    @Override
    public void close() {}
  }

  private record Found(Labels labels, List<StreamPart> parts, Span span) implements SelectedStream {
    @Override
    public LogCursor read() {
      return parts.size() == 1 ? parts.getFirst().read(span) : new MergedCursor(parts, span);
    }
  }

  @Override
  public List<Labels> streams(List<Matcher> matchers, long startNs, long endNs) {
    TreeSet<Labels> streams = new TreeSet<>();
    head.get().select(matchers, startNs, endNs).forEach(part -> streams.add(part.labels()));
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
