package dev.sightline.quality.offline;

import dev.sightline.quality.inputs.Together;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.Telling;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Writes profiles and drift of files in the shapes of the HTTP API.
public final class OfflineJson {
  private final JsonGenerator json;

  private OfflineJson(JsonGenerator json) {
    this.json = json;
  }

  /// @param to not closed
  public static void write(DriftReport report, Writer to) {
    try (JsonGenerator json = generator(to)) {
      new OfflineJson(json).drift(report);
    }
  }

  /// @param to not closed
  public static void write(TableProfile profile, Writer to) {
    try (JsonGenerator json = generator(to)) {
      new OfflineJson(json).profile(profile);
    }
  }

  private static JsonGenerator generator(Writer to) {
    JsonFactory factory =
        JsonFactory.builder()
            .disable(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();
    ObjectWriteContext pretty =
        new ObjectWriteContext.Base() {
          @Override
          public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        };
    return factory.createGenerator(pretty, to);
  }

  private void drift(DriftReport report) {
    json.writeStartObject();
    json.writeStringProperty("reference", report.reference());
    json.writeStringProperty("current", report.current());
    json.writeNumberProperty("rows_reference", report.rowsReference());
    json.writeNumberProperty("rows_current", report.rowsCurrent());
    if (report.dataset().judged() > 0) {
      json.writeNumberProperty("share", report.dataset().share());
    }
    json.writeNumberProperty("judged", report.dataset().judged());
    json.writeNumberProperty("drifted_features", report.dataset().drifted());
    json.writeBooleanProperty("drifted", report.dataset().hasDrifted());
    json.writeNumberProperty("share_threshold", report.dataset().limit());
    json.writeArrayPropertyStart("features");
    report.features().forEach(this::feature);
    json.writeEndArray();
    together(report.together());
    words("only_in_reference", report.onlyReference());
    words("only_in_current", report.onlyCurrent());
    skipped(report.skipped());
    json.writeEndObject();
  }

  private void together(@Nullable Together together) {
    if (together == null) {
      return;
    }
    json.writeObjectPropertyStart("together");
    json.writeStringProperty("method", "domain_classifier");
    json.writeNumberProperty("auc", together.auc());
    json.writeNumberProperty("threshold", Together.limit());
    json.writeBooleanProperty("drifted", together.hasDrifted());
    shares("importance", together.importance());
    json.writeEndObject();
    Together.Lost lost = together.lost();
    if (lost != null) {
      json.writeObjectPropertyStart("reconstruction");
      json.writeStringProperty("method", "pca_reconstruction");
      json.writeNumberProperty("score", lost.error());
      json.writeNumberProperty("reference", lost.reference());
      json.writeBooleanProperty("drifted", lost.hasDrifted());
      shares("shares", lost.shares());
      json.writeEndObject();
    }
  }

  private void shares(String name, Map<String, Double> shares) {
    json.writeObjectPropertyStart(name);
    shares.forEach(this::number);
    json.writeEndObject();
  }

  private void telling(List<Telling> telling) {
    if (telling.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("telling");
    for (Telling one : telling) {
      json.writeStartObject();
      json.writeStringProperty("name", one.name());
      json.writeNumberProperty("weight", one.weight());
      json.writeNumberProperty("reference", one.reference());
      json.writeNumberProperty("current", one.current());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void feature(FeatureDrift feature) {
    json.writeStartObject();
    json.writeStringProperty("feature", feature.feature());
    json.writeStringProperty("type", feature.type());
    outcome(feature.outcome());
    telling(feature.telling());
    json.writeNumberProperty("n_reference", feature.nReference());
    json.writeNumberProperty("n_current", feature.nCurrent());
    json.writeNumberProperty("missing_reference", feature.missingReference());
    json.writeNumberProperty("missing_current", feature.missingCurrent());
    histogram("reference_histogram", feature.histogram(), feature.histogram().reference());
    long[] current = feature.histogram().current();
    if (current != null) {
      histogram("current_histogram", feature.histogram(), current);
    }
    json.writeEndObject();
  }

  private void outcome(DriftOutcome outcome) {
    switch (outcome) {
      case DriftScore score -> score(score);
      case DriftOutcome.NotEnough few -> {
        json.writeStringProperty("verdict", "NOT_ENOUGH");
        json.writeNumberProperty("needed", few.needed());
      }
      case DriftOutcome.NotApplicable not -> {
        json.writeStringProperty("verdict", "NOT_APPLICABLE");
        json.writeStringProperty("why", not.why());
      }
    }
  }

  private void score(DriftScore score) {
    json.writeStringProperty("method", score.method().id());
    json.writeStringProperty("variant", score.variant());
    if (score.bins() > 0) {
      json.writeNumberProperty("bins", score.bins());
    }
    number("score", score.score());
    Double pValue = score.pValue();
    if (pValue != null) {
      number("p_value", pValue);
    }
    number("effect", score.effect());
    json.writeStringProperty("effect_name", score.effectName());
    number("threshold", score.limit().drift());
    json.writeStringProperty(
        "threshold_side", score.limit().side().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("verdict", score.verdict().name());
    json.writeStringProperty("source", score.source().name().toLowerCase(Locale.ROOT));
  }

  private void histogram(String name, FeatureHistogram shape, long[] counts) {
    if (counts.length == 0) {
      return;
    }
    json.writeObjectPropertyStart(name);
    if (shape.edges().length > 0) {
      json.writeArrayPropertyStart("edges");
      for (double edge : shape.edges()) {
        json.writeNumber(edge);
      }
      json.writeEndArray();
    } else {
      words("values", shape.categories());
    }
    json.writeArrayPropertyStart("counts");
    for (long count : counts) {
      json.writeNumber(count);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void profile(TableProfile profile) {
    json.writeStartObject();
    json.writeStringProperty("name", profile.name());
    json.writeNumberProperty("rows", profile.rows());
    json.writeArrayPropertyStart("features");
    profile.features().forEach(this::profile);
    json.writeEndArray();
    skipped(profile.skipped());
    json.writeEndObject();
  }

  private void profile(FeatureProfile feature) {
    json.writeStartObject();
    json.writeStringProperty("feature", feature.feature());
    json.writeStringProperty("type", feature.type());
    json.writeStringProperty("source", feature.source());
    json.writeNumberProperty("n", feature.n());
    json.writeNumberProperty("missing", feature.missing());
    json.writeNumberProperty("infinite", feature.infinite());
    json.writeNumberProperty("distinct", feature.distinct());
    json.writeObjectPropertyStart("numbers");
    feature.numbers().forEach(this::number);
    json.writeEndObject();
    json.writeObjectPropertyStart("frequent");
    feature.frequent().forEach(json::writeNumberProperty);
    json.writeEndObject();
    histogram("histogram", feature.histogram(), feature.histogram().reference());
    json.writeEndObject();
  }

  /// JSON has no infinity: such a number is left out.
  private void number(String name, double value) {
    if (Double.isFinite(value)) {
      json.writeNumberProperty(name, value);
    }
  }

  private void words(String name, Iterable<String> words) {
    json.writeArrayPropertyStart(name);
    words.forEach(json::writeString);
    json.writeEndArray();
  }

  private void skipped(java.util.Map<String, String> skipped) {
    json.writeObjectPropertyStart("skipped");
    skipped.forEach(json::writeStringProperty);
    json.writeEndObject();
  }
}
