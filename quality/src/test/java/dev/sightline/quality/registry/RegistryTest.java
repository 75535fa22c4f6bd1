package dev.sightline.quality.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.registry.Stage;
import dev.sightline.model.registry.VersionFacts;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.quality.integrity.IntegrityRules;
import dev.sightline.quality.integrity.IntegrityRules.Constraint;
import dev.sightline.storage.simulated.Fault;
import dev.sightline.storage.simulated.Fault.Operation;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What was said of a model is there after a power cut, whole or not at all.
class RegistryTest {
  private static final Path DIRECTORY = Path.of("/registry");

  private final FakeClock clock = new FakeClock(1_750_000_000_000L);
  private SimulatedFileSystem disk = new SimulatedFileSystem(1);
  private Registry registry;

  @BeforeEach
  void open() {
    registry = Registry.open(disk, DIRECTORY, clock);
  }

  private void losePower() {
    disk = disk.crash();
    open();
  }

  private static VersionFacts facts(Stage stage, String... aliases) {
    return new VersionFacts(stage, List.of(aliases), "", Map.of("team", "a"), "run", 5);
  }

  private void polled(Map<String, VersionFacts> versions) {
    registry.polled(versions.isEmpty() ? Map.of() : Map.of("credit", versions));
  }

  private List<String> kinds() {
    return registry.card("credit").events().stream().map(ModelEvent::kind).toList();
  }

  @Test
  void whatIsSaidSurvives() {
    registry.change(
        "credit",
        card ->
            card.withOwner("ada")
                .withDescription("scores ✓")
                .withTraining(new TreeMap<>(Map.of("yes", 3L)))
                .withSchema(
                    new TreeMap<>(
                        Map.of(
                            "age", new FieldSpec("number", 0.0, null, List.of()),
                            "city", new FieldSpec("text", null, null, List.of("B", "A"))))));
    registry.say("credit", "7", before -> facts(Stage.PRODUCTION, "champion"), "ada");
    registry.add("credit", "7", "retrained", "with more", clock.nowMs(), "ci");
    registry.seen("credit", "7", 9);
    polled(Map.of("8", facts(Stage.STAGING)));
    ModelCard before = registry.card("credit");
    losePower();
    assertThat(registry.card("credit")).isEqualTo(before);
    assertThat(before.versions()).containsOnlyKeys("7", "8");
    assertThat(before.schema().get("city").allowed()).containsExactly("A", "B");
    assertThat(registry.card("other")).isEqualTo(ModelCard.of("other"));
  }

  @Test
  void theFirstPredictionOfAVersionIsItsDeploymentOnce() {
    registry.seen("credit", "1", 1_000);
    registry.seen("credit", "1", 2_000);
    assertThat(registry.card("credit").versions().get("1").firstCallMs()).isEqualTo(1_000);
    assertThat(registry.card("credit").events())
        .containsExactly(
            new ModelEvent(1, "1", "deployed", "first prediction of version 1", 1_000, ""));
    losePower();
    registry.seen("credit", "1", 3_000);
    assertThat(kinds()).containsExactly("deployed");
  }

  @Test
  void anotherStageIsAnEventWhoeverSaysIt() {
    registry.say("credit", "1", before -> facts(Stage.STAGING), "ada");
    polled(Map.of("2", facts(Stage.NONE)));
    assertThat(kinds()).containsExactly("stage");
    polled(Map.of("2", facts(Stage.PRODUCTION)));
    polled(Map.of("2", facts(Stage.PRODUCTION)));
    assertThat(kinds()).containsExactly("stage", "stage");
    assertThat(registry.card("credit").events().getLast().text()).isEqualTo("None → Production");
  }

  @Test
  void peopleAreBelievedBeforeTheOtherRegistry() {
    polled(Map.of("1", facts(Stage.STAGING, "a")));
    assertThat(registry.card("credit").versions().get("1").facts().stage())
        .isEqualTo(Stage.STAGING);
    registry.say(
        "credit",
        "1",
        before ->
            new VersionFacts(
                Stage.ARCHIVED,
                before.aliases(),
                before.description(),
                before.tags(),
                before.run(),
                before.createdMs()),
        "ada");
    polled(Map.of("1", facts(Stage.PRODUCTION, "b")));
    VersionCard card = registry.card("credit").versions().get("1");
    assertThat(card.facts()).isEqualTo(facts(Stage.ARCHIVED, "a"));
    assertThat(card.polled()).isEqualTo(facts(Stage.PRODUCTION, "b"));
    polled(Map.of());
    assertThat(registry.card("credit").versions().get("1").polled()).isNull();
  }

  @Test
  void aVersionThatTheOtherRegistryForgetsGoesUnlessItIsKnownHere() {
    polled(Map.of("1", facts(Stage.NONE), "2", facts(Stage.NONE)));
    registry.seen("credit", "2", 1);
    polled(Map.of());
    assertThat(registry.card("credit").versions()).containsOnlyKeys("2");
  }

  @Test
  void eventsAreInOrderOfTimeAndGoByNumber() {
    registry.add("credit", "", "note", "late", 300, "ada");
    ModelEvent early = registry.add("credit", "", "rolled_back", "", 100, "ada");
    registry.add("other", "", "note", "", 200, "ada");
    assertThat(registry.annotations(null, 0, 1_000))
        .extracting(one -> one.event().timeMs())
        .containsExactly(100L, 200L, 300L);
    assertThat(registry.annotations("credit", 100, 300)).hasSize(1);
    assertThat(registry.delete("credit", early.number())).isTrue();
    assertThat(registry.delete("credit", early.number())).isFalse();
    assertThat(kinds()).containsExactly("note");
  }

  @Test
  void limitsOfPeopleHoldWhereTheConfigurationSaysNothing() {
    registry.change(
        "credit",
        card ->
            card.withSchema(
                new TreeMap<>(
                    Map.of(
                        "age", new FieldSpec("number", 18.0, 99.0, List.of()),
                        "city", new FieldSpec("text", null, null, List.of("A"))))));
    Constraint said = new Constraint(0.5, 0.0, null, null, null);
    IntegrityRules rules =
        registry.constraints(new IntegrityRules(30, Map.of("credit", Map.of("age", said))));
    assertThat(rules.models().get("credit"))
        .containsEntry("age", said)
        .containsEntry("city", new Constraint(null, null, null, null, Set.of("A")));
  }

  @Test
  void whatTheDiskRefusesIsNotSaid() {
    registry.change("credit", card -> card.withOwner("ada"));
    disk.fail(Fault.forEver(1, Operation.SYNC));
    assertThatThrownBy(() -> registry.change("credit", card -> card.withOwner("grace")))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(registry.card("credit").owner()).isEqualTo("ada");
    disk.heal();
    losePower();
    assertThat(registry.card("credit").owner()).isEqualTo("ada");
  }

  @Test
  void thereIsALimitOfModels() {
    for (int i = 0; i < 1_000; i++) {
      registry.seen("m" + i, "1", 1);
    }
    assertThatThrownBy(() -> registry.seen("more" + new UUID(1, 2), "1", 1))
        .hasMessageContaining("the limit is 1000");
    registry.seen("m7", "2", 1);
  }
}
