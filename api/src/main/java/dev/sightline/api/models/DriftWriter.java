package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.drift.DriftReport;
import dev.sightline.quality.drift.Evidence;
import dev.sightline.quality.drift.FeatureDrift;
import dev.sightline.quality.drift.Histogram;
import dev.sightline.quality.inputs.Together;
import dev.sightline.quality.integrity.Check;
import dev.sightline.quality.integrity.IntegrityReport;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.drift.DatasetDrift;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.Telling;
import dev.sightline.stats.drift.Thresholds;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes what has moved since a reference as JSON.
final class DriftWriter {
  private DriftWriter() {}

  /// @param together null where it was not asked for
  static void write(JsonWriter json, DriftReport report, @Nullable Together together) {
    json.beginObject().name("model").value(report.model());
    json.name("reference").beginObject().name("name").value(report.reference());
    window(json, report.referenceWindow());
    json.name("n").value(report.nReference()).endObject();
    json.name("current").beginObject();
    window(json, report.window());
    json.name("n").value(report.nCurrent()).endObject();
    DatasetDrift inputs = report.inputs();
    if (inputs.judged() > 0) {
      json.name("share").value(inputs.share());
    }
    json.name("drifted").value(inputs.hasDrifted());
    json.name("judged").value(inputs.judged()).name("share_threshold").value(inputs.limit());
    if (together != null) {
      write(json, together);
    }
    json.name("notes");
    PerformanceWriter.texts(json, report.notes());
    json.name("features").beginArray();
    report.features().forEach(feature -> feature(json, report, feature));
    json.endArray().endObject();
  }

  private static void write(JsonWriter json, Together together) {
    json.name("together").beginObject().name("method").value("domain_classifier");
    json.name("auc").value(together.auc()).name("threshold").value(Together.limit());
    json.name("drifted").value(together.hasDrifted());
    json.name("n_reference").value((long) together.nReference());
    json.name("n_current").value((long) together.nCurrent()).name("importance").beginObject();
    together.importance().forEach((name, share) -> json.name(name).value(share.doubleValue()));
    json.endObject().endObject();
    Together.Lost lost = together.lost();
    if (lost != null) {
      write(json, together, lost);
    }
  }

  private static void write(JsonWriter json, Together together, Together.Lost lost) {
    json.name("reconstruction").beginObject().name("method").value("pca_reconstruction");
    json.name("score").value(lost.error()).name("reference").value(lost.reference());
    Thresholds limits = lost.limits();
    if (limits != null) {
      number(json, "lower", limits.lower());
      number(json, "upper", limits.upper());
    }
    json.name("components").value(lost.components()).name("drifted").value(lost.hasDrifted());
    json.name("n_reference").value((long) together.nReference());
    json.name("n_current").value((long) together.nCurrent()).name("shares").beginObject();
    lost.shares().forEach((name, share) -> json.name(name).value(share.doubleValue()));
    json.endObject().endObject();
  }

  private static void window(JsonWriter json, @Nullable Window window) {
    if (window != null) {
      json.name("start").value(window.startMs()).name("end").value(window.endMs());
    }
  }

  private static void feature(JsonWriter json, DriftReport report, FeatureDrift feature) {
    json.beginObject().name("feature").value(feature.name());
    if (!feature.source().equals(feature.name())) {
      json.name("source").value(feature.source());
    }
    json.name("aspect").value(feature.aspect().word()).name("type").value(feature.type());
    outcome(json, feature.outcome());
    json.name("drifted").value(feature.hasDrifted());
    Evidence evidence = feature.evidence();
    if (evidence != null) {
      json.name("moved").value(evidence.effect());
      json.name("chance").value(evidence.pValue());
      json.name("beyond_chance").value(feature.beyondChance());
    }
    Double influence = report.influence().get(feature.source());
    if (influence != null) {
      json.name("influence").value(influence.doubleValue());
      json.name("impact").value(report.impact(feature));
    }
    telling(json, feature.telling());
    json.name("missing_reference").value(feature.missingReference());
    json.name("missing_current").value(feature.missingCurrent());
    Histogram histogram = feature.histogram();
    histogram(json, "reference_histogram", histogram, histogram.reference());
    histogram(json, "current_histogram", histogram, histogram.current());
    json.endObject();
  }

  private static void telling(JsonWriter json, List<Telling> telling) {
    if (telling.isEmpty()) {
      return;
    }
    json.name("telling").beginArray();
    for (Telling one : telling) {
      json.beginObject().name("name").value(one.name()).name("weight").value(one.weight());
      json.name("reference").value(one.reference()).name("current").value(one.current());
      json.endObject();
    }
    json.endArray();
  }

  private static void outcome(JsonWriter json, DriftOutcome outcome) {
    switch (outcome) {
      case DriftScore score -> score(json, score);
      case DriftOutcome.NotEnough(long reference, long current, long needed) ->
          json.name("n_reference")
              .value(reference)
              .name("n_current")
              .value(current)
              .name("verdict")
              .value("not_enough")
              .name("reason")
              .value(
                  "rows with a value: "
                      + reference
                      + " in the reference, "
                      + current
                      + " now; "
                      + needed
                      + " needed");
      case DriftOutcome.NotApplicable(var method, String why) ->
          json.name("method")
              .value(method.id())
              .name("verdict")
              .value("not_applicable")
              .name("reason")
              .value(why);
    }
  }

  private static void score(JsonWriter json, DriftScore score) {
    json.name("method").value(score.method().id()).name("variant").value(score.variant());
    if (score.bins() > 0) {
      json.name("bins").value(score.bins());
    }
    json.name("n_reference").value(score.nReference());
    json.name("n_current").value(score.nCurrent());
    if (Double.isFinite(score.score())) {
      json.name("score").value(score.score());
    }
    Double pValue = score.pValue();
    if (pValue != null && Double.isFinite(pValue)) {
      json.name("p_value").value(pValue.doubleValue());
    }
    if (Double.isFinite(score.effect())) {
      json.name("effect").value(score.effect()).name("effect_name").value(score.effectName());
    }
    if (Double.isFinite(score.limit().drift())) {
      json.name("threshold").value(score.limit().drift());
      json.name("drifts").value(lower(score.limit().side()));
    }
    json.name("verdict").value(lower(score.verdict()));
    json.name("source_of_numbers").value(lower(score.source()));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void histogram(JsonWriter json, String name, Histogram histogram, long[] counts) {
    if (counts.length == 0) {
      return;
    }
    json.name(name).beginObject();
    if (histogram.words().isEmpty()) {
      json.name("bounds").beginArray();
      for (double bound : histogram.bounds()) {
        json.value(bound);
      }
      json.endArray();
    } else {
      json.name("words");
      PerformanceWriter.texts(json, histogram.words());
    }
    json.name("counts").beginArray();
    for (long count : counts) {
      json.value(count);
    }
    json.endArray().endObject();
  }

  static void write(JsonWriter json, String model, IntegrityReport report) {
    json.beginObject().name("model").value(model).name("reference").value(report.reference());
    json.name("n_reference").value(report.referenceRows()).name("n").value(report.rows());
    json.name("enough").value(report.enough()).name("checks").beginArray();
    for (Check check : report.checks()) {
      json.beginObject().name("feature").value(check.feature());
      json.name("check").value(check.kind().word()).name("state").value(check.state().word());
      number(json, "value", check.value());
      number(json, "limit", check.limit());
      number(json, "reference", check.reference());
      if (!check.text().isEmpty()) {
        json.name("text").value(check.text());
      }
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static void number(JsonWriter json, String name, @Nullable Double value) {
    if (value != null && Double.isFinite(value)) {
      json.name(name).value(value.doubleValue());
    }
  }

  static void write(JsonWriter json, List<Reference> references) {
    json.beginObject().name("references").beginArray();
    references.forEach(reference -> summary(json.beginObject(), reference).endObject());
    json.endArray().endObject();
  }

  /// With what is kept of each feature.
  static void write(JsonWriter json, Reference reference) {
    summary(json.beginObject(), reference).name("profile").beginArray();
    for (Baseline.Feature feature : reference.baseline().features().values()) {
      json.beginObject().name("feature").value(feature.name());
      json.name("aspect").value(feature.aspect().word());
      ColumnWriter.write(json, feature.column());
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static JsonWriter summary(JsonWriter json, Reference reference) {
    Baseline baseline = reference.baseline();
    json.name("name").value(reference.name()).name("made").value(reference.madeMs());
    json.name("n").value(baseline.rows()).name("features").value(baseline.features().size());
    if (!baseline.isFromFile()) {
      json.name("start").value(baseline.startMs()).name("end").value(baseline.endMs());
    }
    return json;
  }
}
