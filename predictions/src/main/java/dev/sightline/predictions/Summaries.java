package dev.sightline.predictions;

import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.predictions.head.Heads;
import dev.sightline.predictions.head.ModelHead;
import dev.sightline.predictions.part.Part;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Says what there is of each model, from the counts that layers and files keep.
final class Summaries {
  private Summaries() {}

  static List<ModelSummary> of(View view) {
    return view.models().stream()
        .map(model -> of(view, model))
        .filter(summary -> summary.predictions() > 0)
        .toList();
  }

  private static ModelSummary of(View view, String model) {
    Sum sum = new Sum();
    sum.add(view.active(), model);
    sum.add(view.frozen(), model);
    for (Part part : view.shelf().parts(model)) {
      sum.add(part);
    }
    sum.labelled += view.shelf().firsts(model);
    return new ModelSummary(
        model, List.copyOf(sum.versions), sum.lastMs, sum.predictions, sum.labelled);
  }

  private static final class Sum {
    private final SortedSet<String> versions = new TreeSet<>();
    private long lastMs = Long.MIN_VALUE;
    private long predictions;
    private long labelled;

    void add(@Nullable Heads heads, String model) {
      ModelHead head = heads == null ? null : heads.find(model);
      if (head != null) {
        versions.addAll(head.versions());
        lastMs = Math.max(lastMs, head.lastPredictionMs());
        predictions += head.predictions();
        labelled += head.labelled() + head.firsts();
      }
    }

    void add(Part part) {
      versions.addAll(part.facts().rowsOfVersion().keySet());
      lastMs = Math.max(lastMs, part.facts().newestMs());
      predictions += part.facts().rows();
      labelled += part.facts().labelled();
    }
  }
}
