package dev.sightline.predictions.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Datum.Amount;
import dev.sightline.model.prediction.Datum.Fields;
import dev.sightline.model.prediction.Datum.Text;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.model.prediction.KeyedTruthSink;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersonalDataTest {
  private static final FieldRules RULES =
      new FieldRules(
          Map.of(
              "email", new FieldRule.Drop(),
              "user", new FieldRule.Hash(),
              "zip", new FieldRule.Truncate(2),
              "customer.name", new FieldRule.Drop(),
              "customer.number", new FieldRule.Hash()),
          new FieldRule.Keep());

  private final List<Prediction> stored = new ArrayList<>();
  private final List<KeyedTruth> keyed = new ArrayList<>();

  private final PredictionSink sink =
      new PredictionSink() {
        @Override
        public List<PredictionReceipt> store(List<Prediction> predictions) {
          stored.addAll(predictions);
          return List.of();
        }

        @Override
        public List<TruthReceipt> join(List<GroundTruth> truths) {
          return List.of();
        }
      };

  private final KeyedTruthSink keyedSink =
      truths -> {
        keyed.addAll(truths);
        return truths.stream().map(_ -> (TruthReceipt) new TruthReceipt.Joined()).toList();
      };

  private PersonalData with(FieldRules rules, String key) {
    return new PersonalData(sink, keyedSink, () -> Map.of("m", rules), new KeyedHash(key));
  }

  private Prediction through(
      FieldRules rules, String model, Map<String, Datum> features, Map<String, String> tags) {
    with(rules, "a key of some length")
        .store(
            List.of(
                new Prediction(
                    "1",
                    model,
                    "7",
                    5,
                    features,
                    new Text("yes"),
                    0.5,
                    Map.of("yes", 0.5),
                    1.0,
                    tags)));
    return stored.getLast();
  }

  @Test
  void eachFieldIsTreatedAsItsRuleSays() {
    Prediction fit =
        through(
            RULES,
            "m",
            Map.of(
                "email", new Text("a@b"),
                "user", new Text("ada"),
                "zip", new Amount(46_022),
                "age", new Amount(31),
                "customer",
                    new Fields(
                        Map.of(
                            "name", new Text("Ada"),
                            "number", new Amount(17),
                            "since", new Text("1815")))),
            Map.of("email", "a@b", "user", "ada", "zip", "🙂🙂🙂", "shop", "x"));
    String ada = ((Text) fit.features().get("user")).value();
    assertThat(ada).matches("[0-9a-f]{32}");
    assertThat(fit.features())
        .containsOnlyKeys("user", "zip", "age", "customer")
        .containsEntry("zip", new Text("46"))
        .containsEntry("age", new Amount(31));
    assertThat(((Fields) fit.features().get("customer")).values())
        .containsOnlyKeys("number", "since")
        .containsEntry("since", new Text("1815"));
    assertThat(fit.tags()).isEqualTo(Map.of("user", ada, "zip", "🙂🙂", "shop", "x"));
    assertThat(fit.output()).isEqualTo(new Text("yes"));
    assertThat(fit.probabilities()).containsEntry("yes", 0.5);
  }

  @Test
  void aHashIsTheSameForAValueAndAnotherForAKey() {
    Map<String, Datum> ada = Map.of("user", new Text("ada"));
    Datum first = through(RULES, "m", ada, Map.of()).features().get("user");
    assertThat(through(RULES, "m", ada, Map.of()).features()).containsEntry("user", first);
    with(RULES, "another key, as long")
        .store(
            List.of(
                new Prediction(
                    "1", "m", "", 5, ada, new Text("x"), null, Map.of(), null, Map.of())));
    assertThat(stored.getLast().features().get("user")).isNotEqualTo(first);
    assertThatThrownBy(() -> new KeyedHash("short")).hasMessageContaining("at least 16");
  }

  @Test
  void whatIsNotNamedMayBeDropped() {
    FieldRules only = new FieldRules(Map.of("age", new FieldRule.Keep()), new FieldRule.Drop());
    Prediction fit =
        through(only, "m", Map.of("age", new Amount(3), "x", new Text("y")), Map.of("secret", "s"));
    assertThat(fit.features()).isEqualTo(Map.of("age", new Amount(3)));
    assertThat(fit.tags()).isEmpty();
  }

  @Test
  void otherModelsAndMissingValuesStayAsTheyAre() {
    Map<String, Datum> features = Map.of("email", new Text("a@b"));
    assertThat(through(RULES, "other", features, Map.of()).features()).isEqualTo(features);
    Map<String, Datum> missing = Map.of("user", new Datum.Missing());
    assertThat(through(RULES, "m", missing, Map.of()).features()).isEqualTo(missing);
  }

  private static KeyedTruth truth(String name, String value) {
    return new KeyedTruth(
        "m", new TreeMap<>(Map.of(name, value)), new Text("v"), 5L, Duration.ofDays(1));
  }

  @Test
  void keysOfTruthsAreTreatedAlikeSoThatTheyMeet() {
    Prediction fit = through(RULES, "m", Map.of("user", new Amount(17)), Map.of());
    List<TruthReceipt> receipts =
        with(RULES, "a key of some length")
            .joinByKey(List.of(truth("email", "a@b"), truth("user", "17"), truth("shop", "x")));
    assertThat(receipts)
        .containsExactly(
            new TruthReceipt.Refused("key.email: is dropped before it is stored, so it is no key"),
            new TruthReceipt.Joined(),
            new TruthReceipt.Joined());
    assertThat(keyed).hasSize(2);
    assertThat(new Text(keyed.getFirst().key().get("user"))).isEqualTo(fit.features().get("user"));
  }
}
