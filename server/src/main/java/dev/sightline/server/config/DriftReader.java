package dev.sightline.server.config;

import dev.sightline.quality.baseline.FeatureKind;
import dev.sightline.quality.drift.DriftOptions;
import dev.sightline.quality.drift.DriftRules;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.integrity.IntegrityRules.Constraint;
import dev.sightline.stats.drift.Correction;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.MethodChoice;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads `quality.drift` and `quality.constraints`.
final class DriftReader {
  private DriftReader() {}

  static DriftOptions read(YamlMap drift) {
    try (drift) {
      DriftOptions usual = DriftOptions.DEFAULT;
      Duration window = drift.duration("window", usual.window());
      long rows = drift.number("reference_rows", usual.referenceRows());
      Duration span = drift.duration("reference_span", usual.referenceSpan());
      DriftRules rules = rules(drift);
      Map<String, DriftOptions.OfModel> models = models(drift.map("models"));
      return Checked.at(
          drift.node(),
          () -> new DriftOptions(window, Math.clamp(rows, 0, 1 << 30), span, rules, models));
    }
  }

  private static DriftRules rules(YamlMap drift) {
    DriftRules usual = DriftRules.DEFAULT;
    MethodChoice choice = word(drift, "choice", usual.choice(), MethodChoice.values());
    Correction correction = word(drift, "correction", usual.correction(), Correction.values());
    long minimumN = drift.number("min_n", usual.minimumN());
    YamlNode share = drift.find("share");
    double limit = share == null ? usual.shareLimit() : share.asDouble();
    DriftRules.@Nullable Chosen numbers = chosen(drift.find("numbers"));
    DriftRules.@Nullable Chosen words = chosen(drift.find("words"));
    DriftRules.@Nullable Chosen texts = chosen(drift, "texts", DriftMethod.Values.TEXTS);
    DriftRules.@Nullable Chosen vectors = chosen(drift, "vectors", DriftMethod.Values.VECTORS);
    return Checked.at(
        drift.node(),
        () ->
            new DriftRules(
                choice, numbers, words, texts, vectors, Map.of(), minimumN, correction, limit));
  }

  private static <E extends Enum<E>> E word(YamlMap map, String key, E otherwise, E[] known) {
    YamlNode node = map.find(key);
    if (node == null) {
      return otherwise;
    }
    for (E each : known) {
      if (lower(each).equals(node.asText())) {
        return each;
      }
    }
    List<String> words = Arrays.stream(known).map(DriftReader::lower).toList();
    throw node.error("must be one of " + String.join(", ", words));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /// A method that compares such values.
  private static DriftRules.@Nullable Chosen chosen(
      YamlMap map, String key, DriftMethod.Values values) {
    YamlNode node = map.find(key);
    DriftRules.Chosen chosen = chosen(node);
    if (node != null && chosen != null && chosen.method().compares() != values) {
      String known =
          Arrays.stream(DriftMethod.values())
              .filter(method -> method.compares() == values)
              .map(DriftMethod::id)
              .collect(Collectors.joining(", "));
      throw node.error("must be a method of " + key + ": " + known);
    }
    return chosen;
  }

  /// `METHOD`, or `{ method: METHOD, threshold: NUMBER }`.
  private static DriftRules.@Nullable Chosen chosen(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    if (!node.isMap()) {
      return new DriftRules.Chosen(method(node), null);
    }
    try (YamlMap map = node.asMap()) {
      YamlNode threshold = map.find("threshold");
      if (threshold != null && !(threshold.asDouble() >= 0)) {
        throw threshold.error("must be a number from 0");
      }
      return new DriftRules.Chosen(
          method(map.need("method")), threshold == null ? null : threshold.asDouble());
    }
  }

  private static DriftMethod method(YamlNode node) {
    try {
      return DriftRules.method(node.asText());
    } catch (IllegalArgumentException unknown) {
      throw node.error(unknown.getMessage());
    }
  }

  private static Map<String, DriftOptions.OfModel> models(YamlMap map) {
    try (map) {
      Map<String, DriftOptions.OfModel> models = new LinkedHashMap<>();
      for (String name : map.keys()) {
        models.put(name, model(map.need(name)));
      }
      return models;
    }
  }

  private static DriftOptions.OfModel model(YamlNode node) {
    try (YamlMap map = node.asMap();
        YamlMap kinds = map.map("kinds");
        YamlMap features = map.map("features")) {
      Map<String, FeatureKind> byName = new LinkedHashMap<>();
      for (String name : kinds.keys()) {
        YamlNode kind = kinds.need(name);
        try {
          byName.put(name, FeatureKind.ofWord(kind.asText()));
        } catch (IllegalArgumentException unknown) {
          throw kind.error(unknown.getMessage());
        }
      }
      Map<String, DriftRules.Chosen> chosen = new LinkedHashMap<>();
      for (String name : features.keys()) {
        DriftRules.@Nullable Chosen one = chosen(features.need(name));
        if (one != null) {
          chosen.put(name, one);
        }
      }
      YamlNode ignore = map.find("ignore");
      Set<String> ignored = ignore == null ? Set.of() : Set.copyOf(ignore.asTexts());
      return new DriftOptions.OfModel(byName, ignored, chosen, map.text("reference", ""));
    }
  }

  static IntegrityRules constraints(YamlMap map) {
    try (map) {
      Map<String, Map<String, Constraint>> models = new LinkedHashMap<>();
      for (String model : map.keys()) {
        Map<String, Constraint> features = new LinkedHashMap<>();
        try (YamlMap ofModel = map.need(model).asMap()) {
          for (String feature : ofModel.keys()) {
            features.put(feature, constraint(ofModel.need(feature)));
          }
        }
        models.put(model, features);
      }
      return new IntegrityRules(IntegrityRules.DEFAULT.minimumN(), models);
    }
  }

  private static Constraint constraint(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      YamlNode allowed = map.find("allowed");
      return new Constraint(
          share(map.find("max_missing")),
          number(map.find("min")),
          number(map.find("max")),
          share(map.find("max_outside")),
          allowed == null ? null : Set.copyOf(allowed.asTexts()));
    }
  }

  private static @Nullable Double number(@Nullable YamlNode node) {
    return node == null ? null : node.asDouble();
  }

  private static @Nullable Double share(@Nullable YamlNode node) {
    if (node != null && !(node.asDouble() >= 0 && node.asDouble() <= 1)) {
      throw node.error("must be from 0 to 1");
    }
    return number(node);
  }
}
