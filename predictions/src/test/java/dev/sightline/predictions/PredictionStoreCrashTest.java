package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.simulated.Fault;
import dev.sightline.storage.simulated.Fault.Operation;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What was accepted is there after any row of power cuts, kills and disk errors, and joined.
class PredictionStoreCrashTest {
  private static final Path DIRECTORY = Path.of("/predictions");
  private static final int IDS = 40;

  @Test
  void acceptedPredictionsAndTruthsSurvive() {
    Seeds.check(500, seed -> new Run(seed).lives());
  }

  /// The lives of one store, each of which ends badly.
  private static final class Run {
    private final SplittableRandom random;
    private final FakeClock clock = new FakeClock(1_750_000_000_000L);
    private final Map<String, Prediction> accepted = new HashMap<>();

    /// by id: the truth accepted last, and those tried since, which may have been written
    private final Map<String, Set<Datum>> possible = new HashMap<>();

    private final Set<String> labelled = new HashSet<>();
    private SimulatedFileSystem disk;
    private PredictionStore store;

    Run(long seed) {
      random = new SplittableRandom(seed);
      disk = new SimulatedFileSystem(seed);
      store = open();
    }

    void lives() {
      for (int life = 1 + random.nextInt(4); life > 0; life--) {
        for (int step = random.nextInt(20); step > 0; step--) {
          disturb();
          step();
        }
        SimulatedFileSystem found = random.nextInt(4) == 0 ? disk.kill() : disk.crash();
        store.close();
        disk = found;
        store = open();
        check();
      }
      store.close();
    }

    private void step() {
      try {
        int kind = random.nextInt(10);
        if (kind < 4) {
          predict(prediction(anyId()));
        } else if (kind < 6) {
          store.cut(); // says in the log if it fails, and everything stays where it was
          clock.advance(Duration.ofSeconds(random.nextInt(8) == 0 ? 400 : random.nextInt(3)));
        } else {
          become(anyId(), new Datum.Amount(random.nextInt(3)));
        }
      } catch (StoreUnavailableException _) {
        clock.advance(Duration.ofSeconds(random.nextInt(10)));
      }
    }

    private void predict(Prediction prediction) {
      PredictionReceipt receipt = store.store(List.of(prediction)).getFirst();
      assertThat(receipt).isNotInstanceOf(PredictionReceipt.Refused.class);
      accepted.put(prediction.id(), prediction);
    }

    private void become(String id, Datum value) {
      possible.computeIfAbsent(id, _ -> new HashSet<>()).add(value);
      TruthReceipt receipt =
          store.join(List.of(new GroundTruth("m", id, value, clock.nowMs()))).getFirst();
      assertThat(receipt).isNotInstanceOf(TruthReceipt.Refused.class);
      possible.put(id, new HashSet<>(Set.of(value)));
      labelled.add(id);
    }

    private void disturb() {
      Operation[] all = Operation.values();
      Operation operation =
          random.nextInt(3) == 0
              ? all[random.nextInt(all.length)]
              : random.nextBoolean() ? Operation.WRITE : Operation.SYNC;
      switch (random.nextInt(12)) {
        case 0 -> disk.fail(Fault.once(1 + random.nextInt(4), operation));
        case 1 -> disk.fail(Fault.forEver(1 + random.nextInt(4), operation));
        case 2 -> disk.limitBytes(random.nextInt(4_000));
        case 3, 4, 5 -> disk.heal();
        default -> {}
      }
    }

    private void check() {
      List<String> listed =
          store
              .list(new Query("m", 0, Long.MAX_VALUE, null, false, 1_000, null))
              .predictions()
              .stream()
              .map(one -> one.prediction().id())
              .toList();
      assertThat(listed).doesNotHaveDuplicates().containsAll(accepted.keySet());
      accepted.forEach(
          (id, prediction) -> {
            Labelled found = store.find("m", id);
            assertThat(found).as(id).isNotNull();
            assertThat(found.prediction()).as(id).isEqualTo(prediction);
          });
      for (String id : labelled) {
        predict(prediction(id)); // those that are there already come as a repetition
        Labelled found = store.find("m", id);
        assertThat(found.truth()).as("truth of " + id).isNotNull();
        assertThat(found.truth().value()).as("truth of " + id).isIn(possible.get(id));
      }
    }

    private String anyId() {
      return "id" + random.nextInt(IDS);
    }

    private static Prediction prediction(String id) {
      return new Prediction(
          id,
          "m",
          "1",
          1_750_000_000_000L,
          Map.of("x", new Datum.Text(id.repeat(20))),
          new Datum.Flag(true),
          null,
          Map.of(),
          null,
          Map.of());
    }

    private PredictionStore open() {
      return PredictionStore.open(
          disk, DIRECTORY, PredictionStoreOptions.DEFAULT, clock, clock, new MeterRegistry());
    }
  }
}
