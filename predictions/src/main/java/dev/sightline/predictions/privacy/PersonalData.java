package dev.sightline.predictions.privacy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.model.prediction.KeyedTruthSink;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.predictions.record.DatumText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Drops, hashes and cuts what must not be stored as it was sent: everything passes through here
/// before it reaches a disk.
///
/// @param sink where predictions and truths by id go from here
/// @param keyed where truths by key go
/// @param rules by model, as configured now
public record PersonalData(
    PredictionSink sink,
    KeyedTruthSink keyed,
    Supplier<Map<String, FieldRules>> rules,
    KeyedHash hash)
    implements PredictionSink, KeyedTruthSink {
  @Override
  public List<PredictionReceipt> store(List<Prediction> predictions) {
    Map<String, FieldRules> now = rules.get();
    return sink.store(
        now.isEmpty() ? predictions : predictions.stream().map(one -> fit(one, now)).toList());
  }

  /// Truths have an id and a value, neither of which is a feature.
  @Override
  public List<TruthReceipt> join(List<GroundTruth> truths) {
    return sink.join(truths);
  }

  @Override
  public List<TruthReceipt> joinByKey(List<KeyedTruth> truths) {
    Map<String, FieldRules> now = rules.get();
    List<KeyedTruth> fit = new ArrayList<>();
    List<@Nullable TruthReceipt> refused = new ArrayList<>();
    for (KeyedTruth truth : truths) {
      FieldRules ofModel = now.getOrDefault(truth.model(), FieldRules.NONE);
      String dropped = dropped(truth, ofModel);
      refused.add(
          dropped == null
              ? null
              : new TruthReceipt.Refused(
                  "key." + dropped + ": is dropped before it is stored, so it is no key"));
      if (dropped == null) {
        fit.add(fit(truth, ofModel));
      }
    }
    List<TruthReceipt> given = keyed.joinByKey(fit);
    List<TruthReceipt> receipts = new ArrayList<>();
    int next = 0;
    for (TruthReceipt known : refused) {
      receipts.add(known == null ? given.get(next++) : known);
    }
    return receipts;
  }

  private static @Nullable String dropped(KeyedTruth truth, FieldRules rules) {
    for (String name : truth.key().keySet()) {
      if (rules.of(name) instanceof FieldRule.Drop) {
        return name;
      }
    }
    return null;
  }

  private KeyedTruth fit(KeyedTruth truth, FieldRules rules) {
    SortedMap<String, String> key = new TreeMap<>();
    truth.key().forEach((name, value) -> key.put(name, text(value, rules.of(name))));
    return new KeyedTruth(truth.model(), key, truth.value(), truth.timeMs(), truth.window());
  }

  /// A value as it is stored in a field of a model.
  ///
  /// @throws IllegalArgumentException if it cannot be told from others there, in the user's words
  public String stored(String model, String field, String value) {
    FieldRule rule = rules.get().getOrDefault(model, FieldRules.NONE).of(field);
    return switch (rule) {
      case FieldRule.Keep(), FieldRule.Hash() -> text(value, rule);
      case FieldRule.Drop() ->
          throw new IllegalArgumentException(field + " is dropped before it is stored");
      case FieldRule.Truncate(int characters) ->
          throw new IllegalArgumentException(
              field
                  + " is cut to "
                  + characters
                  + " characters before it is stored, which others may have, too");
    };
  }

  private Prediction fit(Prediction prediction, Map<String, FieldRules> all) {
    FieldRules ofModel = all.get(prediction.model());
    if (ofModel == null || ofModel.keepsAll()) {
      return prediction;
    }
    Map<String, String> tags = new LinkedHashMap<>();
    prediction
        .tags()
        .forEach(
            (name, value) -> {
              FieldRule rule = ofModel.of(name);
              if (!(rule instanceof FieldRule.Drop)) {
                tags.put(name, text(value, rule));
              }
            });
    return new Prediction(
        prediction.id(),
        prediction.model(),
        prediction.version(),
        prediction.timeMs(),
        fields(prediction.features(), "", ofModel),
        prediction.output(),
        prediction.confidence(),
        prediction.probabilities(),
        prediction.latencyMs(),
        tags);
  }

  /// @param prefix names of the fields that these lie in, each with a dot behind it
  private Map<String, Datum> fields(Map<String, Datum> fields, String prefix, FieldRules rules) {
    Map<String, Datum> fit = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          String path = prefix + name;
          if (value instanceof Datum.Fields(Map<String, Datum> below) && rules.hasBelow(path)) {
            fit.put(name, new Datum.Fields(fields(below, path + ".", rules)));
          } else if (!(rules.of(path) instanceof FieldRule.Drop)) {
            fit.put(name, datum(value, rules.of(path)));
          }
        });
    return fit;
  }

  private Datum datum(Datum value, FieldRule rule) {
    String text = rule instanceof FieldRule.Keep ? null : DatumText.of(value);
    return text == null ? value : new Datum.Text(text(text, rule));
  }

  private String text(String value, FieldRule rule) {
    return switch (rule) {
      case FieldRule.Keep(), FieldRule.Drop() -> value;
      case FieldRule.Hash() -> hash.of(value);
      case FieldRule.Truncate(int characters) ->
          value.codePointCount(0, value.length()) <= characters
              ? value
              : value.substring(0, value.offsetByCodePoints(0, characters));
    };
  }
}
