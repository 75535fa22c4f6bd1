package dev.sightline.wire.whylogs;

import dev.sightline.wire.whylogs.WhylogsProfile.Component;
import dev.sightline.wire.whylogs.WhylogsProfile.ScoreMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Version 0: one message. Its metrics get the paths of version 1 where they are the same thing.
final class OldVersion {
  private final Map<String, String> tags = new HashMap<>();
  private final Map<String, String> metadata = new HashMap<>();
  private final Map<String, Map<String, Component>> columns = new LinkedHashMap<>();
  private long datasetMs;
  private @Nullable ScoreMatrix scores;

  private OldVersion() {}

  static WhylogsProfile read(ProtoInput in) {
    OldVersion old = new OldVersion();
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> old.properties(in.message());
        case 2 -> old.column(in.message());
        case 10 -> old.model(in.message());
        default -> in.skip();
      }
    }
    if (old.columns.isEmpty() && old.scores == null && old.datasetMs == 0) {
      throw new BadProfileException("neither a time nor a column");
    }
    return new WhylogsProfile(0, old.datasetMs, old.tags, old.metadata, old.columns, old.scores);
  }

  private void properties(ProtoInput in) {
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 5 -> datasetMs = in.integer();
        case 6 -> FirstVersion.pair(in.message(), tags);
        case 7 -> FirstVersion.pair(in.message(), metadata);
        default -> in.skip();
      }
    }
  }

  private void column(ProtoInput in) {
    String name = "";
    Map<String, Component> metrics = new LinkedHashMap<>();
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> metrics(in.message(), metrics);
        default -> in.skip();
      }
    }
    columns.put(name, metrics);
  }

  private static void metrics(ProtoInput in, Map<String, Component> into) {
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 2 -> counters(in.message(), into);
        case 4 -> numbers(in.message(), into);
        case 7 ->
            into.put(
                "frequent_items/frequent_strings",
                new Component.Frequent(FirstVersion.sketch(in.message())));
        case 8 ->
            into.put("cardinality/hll", new Component.Distinct(FirstVersion.sketch(in.message())));
        default -> in.skip();
      }
    }
  }

  private static void counters(ProtoInput in, Map<String, Component> into) {
    for (int field = in.field(); field != 0; field = in.field()) {
      if (field == 1) {
        into.put("counts/n", new Component.Whole(in.integer()));
      } else {
        in.skip();
      }
    }
  }

  private static void numbers(ProtoInput in, Map<String, Component> into) {
    ScoreMatrix.Cell cell = cell(in);
    into.put("distribution/n", new Component.Whole(cell.count()));
    into.put("distribution/mean", new Component.Real(cell.mean()));
    into.put("distribution/m2", new Component.Real(cell.squares()));
    if (cell.quantiles().length > 0) {
      into.put("distribution/kll", new Component.Quantiles(cell.quantiles()));
    }
  }

  private static ScoreMatrix.Cell cell(ProtoInput in) {
    double[] moments = new double[3];
    byte[] quantiles = new byte[0];
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> moments(in.message(), moments);
        case 4 -> quantiles = KllBytes.readable(in.bytes());
        default -> in.skip();
      }
    }
    return new ScoreMatrix.Cell((long) moments[0], moments[2], moments[1], quantiles);
  }

  /// Count, sum of squared distances, mean.
  private static void moments(ProtoInput in, double[] into) {
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> into[0] = in.integer();
        case 2, 3 -> into[field - 1] = in.number();
        default -> in.skip();
      }
    }
  }

  private void model(ProtoInput in) {
    for (int field = in.field(); field != 0; field = in.field()) {
      if (field == 10) {
        ProtoInput metrics = in.message();
        for (int inner = metrics.field(); inner != 0; inner = metrics.field()) {
          if (inner == 1) {
            scores = matrix(metrics.message());
          } else {
            metrics.skip();
          }
        }
      } else {
        in.skip();
      }
    }
  }

  private static ScoreMatrix matrix(ProtoInput in) {
    List<String> labels = new ArrayList<>();
    List<ScoreMatrix.Cell> cells = new ArrayList<>();
    String[] fields = {"", "", ""};
    for (int field = in.field(); field != 0; field = in.field()) {
      switch (field) {
        case 1 -> labels.add(in.text());
        case 2, 3, 4 -> fields[field - 2] = in.text();
        case 10 -> cells.add(cell(in.message()));
        default -> in.skip();
      }
    }
    if (cells.size() != labels.size() * labels.size()) {
      throw new BadProfileException(
          labels.size() + " classes with " + cells.size() + " pairs of prediction and truth");
    }
    return new ScoreMatrix(fields[0], fields[1], fields[2], labels, cells);
  }
}
