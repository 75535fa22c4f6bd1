package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.model.prediction.PredictionColumns.Wanted;
import dev.sightline.model.prediction.PredictionDeletions.Deletion;
import dev.sightline.model.prediction.PredictionDeletions.Selection;
import dev.sightline.model.prediction.PredictionDigests;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.predictions.keyed.KeyedTruths;
import dev.sightline.predictions.privacy.FieldRule;
import dev.sightline.predictions.privacy.FieldRules;
import dev.sightline.predictions.privacy.KeyedHash;
import dev.sightline.predictions.privacy.PersonalData;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.storage.simulated.Fault;
import dev.sightline.storage.simulated.Fault.Operation;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is deleted is hidden at once and gone from the disk soon, whatever happens meanwhile.
class DeletionsTest {
  private static final long NOW_MS = 1_750_000_000_000L;
  private static final Path DIRECTORY = Path.of("/p");

  /// Nothing packs letters that stand for no word, so that they can be looked for in files.
  private static final String ANN = "xQ7zK9vWm3Tb8RfLq2YdH6nJ";

  private static final String BOB = "Pw4Gs1XcV5uEo0NtZi8Aa7Mk";
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(6);

  private final FakeClock clock = new FakeClock(NOW_MS);
  private Map<String, FieldRules> rules = Map.of();
  private Map<String, String> shadows = Map.of();
  private SimulatedFileSystem disk = new SimulatedFileSystem(1);
  private PredictionStore store;
  private KeyedTruths keyed;
  private PersonalData entry;
  private Deletions deletions;

  private final Digests digests = new Digests();

  /// What profiles would be asked, and what was shown when they were to be made anew.
  private final class Digests implements PredictionDigests {
    private final List<Long> hoursMs = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private boolean making;

    @Override
    public Remaking begin(String model, Set<Long> hoursMs) {
      this.hoursMs.addAll(hoursMs);
      shown.add(String.valueOf(store.find(model, "a1") != null));
      return () -> shown.add(String.valueOf(store.find(model, "a1") != null));
    }

    @Override
    public boolean isMaking(String model) {
      return making;
    }
  }

  private void open() {
    store =
        PredictionStore.open(
            disk, DIRECTORY, PredictionStoreOptions.DEFAULT, clock, clock, new MeterRegistry());
    keyed =
        KeyedTruths.open(
            disk,
            DIRECTORY.resolve("truths-by-key"),
            new KeyedTruths.Parts(
                store, store, store, Duration.ofDays(30), clock, clock, new MeterRegistry()));
    KeyedHash hash = new KeyedHash("a key of sixteen characters");
    entry = new PersonalData(keyed, keyed, () -> rules, hash);
    deletions =
        Deletions.start(
            new Deletions.Parts(store, keyed, entry, digests, () -> shadows, clock, clock));
  }

  @AfterEach
  void close() {
    if (store != null) {
      deletions.close();
      keyed.close();
      store.close();
    }
  }

  private static Prediction prediction(String model, String id, String who, boolean asTag) {
    Map<String, Datum> features = new HashMap<>(Map.of("x", new Datum.Amount(1)));
    if (!asTag) {
      features.put("user", new Datum.Text(who));
    }
    return new Prediction(
        id,
        model,
        "1",
        NOW_MS,
        features,
        new Datum.Text("yes"),
        0.9,
        Map.of(),
        null,
        asTag ? Map.of("user", who) : Map.of());
  }

  private void predict(String id, String who) {
    assertThat(entry.store(List.of(prediction("m", id, who, false))))
        .containsExactly(new PredictionReceipt.Stored());
  }

  private TruthReceipt become(String id, String value) {
    return entry.join(List.of(new GroundTruth("m", id, new Datum.Text(value), NOW_MS))).getFirst();
  }

  private void becomeByKey(String who) {
    TreeMap<String, String> key = new TreeMap<>(Map.of("user", who, "order", "17"));
    entry.joinByKey(
        List.of(new KeyedTruth("m", key, new Datum.Text("t"), NOW_MS, Duration.ofDays(1))));
  }

  @Test
  void whatWasMadeOfPredictionsIsMadeAnewBeforeTheyAreGone() {
    open();
    predict("a1", ANN);
    digests.making = true;
    delete(ANN);
    assertThat(digests.hoursMs).containsExactly(Math.floorDiv(NOW_MS, 3_600_000) * 3_600_000);
    assertThat(digests.shown).containsExactly("true", "false");
    clock.advance(LONG_ENOUGH);
    clock.advance(LONG_ENOUGH);
    assertThat(deletions.deletions("m").getFirst().goneMs()).isNull();
    digests.making = false;
    clock.advance(LONG_ENOUGH);
    assertThat(deletions.deletions("m").getFirst().goneMs()).isNotNull();
  }

  private Deletion delete(String who) {
    return deletions.delete("m", new Selection.OfSubject("user", who), "ada");
  }

  /// Rows of two people in the log, in memory and in files; truths beside them, loose, and waiting.
  private void fill() {
    predict("a1", ANN);
    predict("b1", BOB);
    become("a1", "beside");
    store.cut();
    become("a1", "loose-" + ANN);
    predict("a2", ANN);
    store.cut();
    predict("a3", ANN);
    predict("b2", BOB);
    becomeByKey(ANN);
    becomeByKey(BOB);
  }

  private List<String> listed() {
    return store
        .list(new Query("m", 0, Long.MAX_VALUE, null, false, 1_000, null))
        .predictions()
        .stream()
        .map(one -> one.prediction().id())
        .toList();
  }

  private List<String> scanned() {
    List<String> found = new ArrayList<>();
    Wanted user = new Wanted.Texts(new Field.Feature("user"));
    store.scan(
        new Scan("m", 0, Long.MAX_VALUE, null, List.of(user), 100),
        (Batch batch) -> {
          Column.Texts texts = (Column.Texts) batch.columns().getFirst();
          for (int row = 0; row < batch.rows(); row++) {
            found.add(texts.words().get(texts.codes()[row]));
          }
        });
    return found;
  }

  private void checkHidden() {
    assertThat(listed()).containsExactlyInAnyOrder("b1", "b2");
    assertThat(scanned()).containsExactlyInAnyOrder(BOB, BOB);
    for (String id : List.of("a1", "a2", "a3")) {
      assertThat(store.find("m", id)).as(id).isNull();
      assertThat(store.truths("m", id)).as(id).isEmpty();
    }
    List<String> walked = new ArrayList<>();
    store.walk(
        "m",
        0,
        Long.MAX_VALUE,
        List.of("user"),
        (id, _, _) -> {
          walked.add(id.get());
          return true;
        });
    assertThat(walked).containsExactlyInAnyOrder("b1", "b2");
  }

  private List<Path> filesWith(String text) {
    List<Path> found = new ArrayList<>();
    for (Path directory :
        List.of(DIRECTORY, DIRECTORY.resolve("parts"), DIRECTORY.resolve("truths-by-key"))) {
      for (Path file : disk.list(directory)) {
        try (OpenFile open = disk.openForReading(file)) {
          byte[] bytes = new byte[(int) open.sizeBytes()];
          open.read(ByteBuffer.wrap(bytes), 0);
          if (new String(bytes, StandardCharsets.ISO_8859_1).contains(text)) {
            found.add(file);
          }
        } catch (StorageException _) {
          // a directory
        }
      }
    }
    return found;
  }

  private Deletion only() {
    return deletions.deletions("m").getFirst();
  }

  @Test
  void aSubjectIsHiddenAtOnceAndGoneSoon() {
    open();
    fill();
    assertThat(filesWith(ANN)).hasSizeGreaterThan(2);
    Deletion deletion = delete(ANN);
    assertThat(deletion.predictions()).isEqualTo(3);
    assertThat(deletion.truthsByKey()).isEqualTo(1);
    assertThat(deletion.goneMs()).isNull();
    assertThat(deletion.toString()).doesNotContain(ANN);
    checkHidden();
    clock.advance(LONG_ENOUGH);
    assertThat(only().goneMs()).isBetween(NOW_MS, NOW_MS + LONG_ENOUGH.toMillis());
    assertThat(only().problem()).isEmpty();
    assertThat(filesWith(ANN)).isEmpty();
    assertThat(filesWith(BOB)).isNotEmpty();
    checkHidden();
    assertThat(store.models().getFirst().predictions()).isEqualTo(2);
    assertThat(keyed.count("m", "user", BOB::equals)).isEqualTo(1);
  }

  /// Without the list of deletions nothing would be hidden any more: so nothing is there.
  @Test
  void whatIsGoneIsNotOnlyHidden() {
    open();
    fill();
    delete(ANN);
    clock.advance(LONG_ENOUGH);
    close();
    disk.delete(DIRECTORY.resolve("deletions"));
    disk.delete(DIRECTORY.resolve("deletions.second"));
    open();
    assertThat(deletions.deletions("m")).isEmpty();
    checkHidden();
    assertThat(keyed.count("m", "user", _ -> true)).isEqualTo(1);
  }

  @Test
  void whatWasDeletedDoesNotComeBack() {
    open();
    fill();
    delete(ANN);
    for (int time = 0; time < 3; time++) {
      assertThat(entry.store(List.of(prediction("m", "a1", ANN, false))).getFirst())
          .isEqualTo(
              new PredictionReceipt.Refused(
                  "the prediction with the id \"a1\" was deleted on request"));
      assertThat(become("a1", "no")).isInstanceOf(TruthReceipt.Refused.class);
      assertThat(become("b1", "no")).isNotInstanceOf(TruthReceipt.Refused.class);
      checkHidden();
      clock.advance(LONG_ENOUGH);
    }
    assertThat(filesWith(ANN)).isEmpty();
    predict("a9", ANN); // a person may come back, and be deleted again
    assertThat(delete(ANN).predictions()).isEqualTo(1);
  }

  @Test
  void sayingItAgainChangesNothing() {
    open();
    fill();
    Deletion first = delete(ANN);
    assertThat(delete(ANN)).isEqualTo(first);
    clock.advance(LONG_ENOUGH);
    assertThat(delete(ANN)).isEqualTo(only());
    assertThat(deletions.deletions("m")).hasSize(1);
    assertThat(delete("nobody").predictions()).isZero();
  }

  @Test
  void idsAndRangesAreDeletedAsWell() {
    open();
    fill();
    become("early", "waits");
    assertThat(
            deletions
                .delete("m", new Selection.OfIds(Set.of("a1", "early", "unknown")), "ada")
                .predictions())
        .isEqualTo(2);
    assertThat(become("unknown", "x")).isEqualTo(new TruthReceipt.Waiting());
    assertThat(become("early", "x")).isInstanceOf(TruthReceipt.Refused.class);
    Selection bobs =
        new Selection.OfRange(
            0,
            NOW_MS + 1,
            "feature.user = …",
            one -> new Datum.Text(BOB).equals(one.prediction().features().get("user")));
    assertThat(deletions.delete("m", bobs, "ada").predictions()).isEqualTo(2);
    assertThat(listed()).containsExactly("a2", "a3");
    clock.advance(LONG_ENOUGH);
    assertThat(deletions.deletions("m")).allMatch(one -> one.goneMs() != null);
    assertThat(listed()).containsExactly("a2", "a3");
  }

  @Test
  void aTagIsASubjectToo() {
    open();
    entry.store(List.of(prediction("m", "t", ANN, true)));
    assertThat(delete(ANN).predictions()).isEqualTo(1);
    assertThat(listed()).isEmpty();
  }

  @Test
  void theShadowsRowsGoWithTheModels() {
    shadows = Map.of("m", "m-shadow");
    open();
    entry.store(List.of(prediction("m", "a", ANN, false), prediction("m-shadow", "a", ANN, false)));
    delete(ANN);
    assertThat(store.find("m-shadow", "a")).isNull();
    assertThat(deletions.deletions("m-shadow")).hasSize(1);
  }

  @Test
  void aHashedSubjectIsFoundByItsClearText() {
    rules = Map.of("m", new FieldRules(Map.of("user", new FieldRule.Hash()), new FieldRule.Keep()));
    open();
    predict("a", ANN);
    assertThat(filesWith(ANN)).isEmpty();
    assertThat(delete(ANN).predictions()).isEqualTo(1);
    rules = Map.of("m", new FieldRules(Map.of("user", new FieldRule.Drop()), new FieldRule.Keep()));
    assertThatThrownBy(() -> delete(ANN)).hasMessage("user is dropped before it is stored");
    rules =
        Map.of(
            "m", new FieldRules(Map.of("user", new FieldRule.Truncate(3)), new FieldRule.Keep()));
    assertThatThrownBy(() -> delete(ANN)).hasMessageContaining("is cut to 3 characters");
  }

  @Test
  void whatIsPastTheRetentionIsDeletedTooAndItsIdForgotten() {
    open();
    predict("a", ANN);
    store.cut();
    delete(ANN);
    clock.advance(LONG_ENOUGH);
    clock.advance(Duration.ofDays(31));
    assertThat(store.erasures().getFirst().ids().isEmpty()).isTrue();
    assertThat(only().predictions()).isEqualTo(1);
  }

  /// The disk fails at one call after the other, for once or for good, and the power fails then.
  @Test
  void everyStepMayBeTheLast() {
    int calls = liveThrough(Integer.MAX_VALUE, false, true);
    assertThat(calls).isGreaterThan(20);
    for (int call = 1; call <= calls; call++) {
      liveThrough(call, true, true);
      liveThrough(call, true, false);
      liveThrough(call, false, call % 2 == 0);
    }
  }

  /// @return how many calls of the disk a deletion takes where nothing fails
  private int liveThrough(int call, boolean forEver, boolean kill) {
    disk = new SimulatedFileSystem(call);
    open();
    fill();
    long before = disk.operationCount();
    Operation[] all = Operation.values();
    disk.fail(forEver ? Fault.forEver(call, all) : Fault.once(call, all));
    boolean acknowledged = false;
    try {
      delete(ANN);
      acknowledged = true;
      checkHiddenUnlessUnreadable();
    } catch (StoreUnavailableException | StorageException refused) {
      // Asked again below, as a client would.
    }
    clock.advance(Duration.ofSeconds(3));
    int calls = (int) (disk.operationCount() - before);
    SimulatedFileSystem found = kill ? disk.kill() : disk.crash();
    close();
    disk = found;
    open();
    if (acknowledged) {
      checkHidden();
    } else {
      delete(ANN);
    }
    clock.advance(Duration.ofMinutes(8));
    assertThat(only().goneMs()).as("call " + call).isNotNull();
    assertThat(filesWith(ANN)).as("call " + call).isEmpty();
    checkHidden();
    disk.delete(DIRECTORY.resolve("deletions"));
    disk.delete(DIRECTORY.resolve("deletions.second"));
    close();
    open();
    checkHidden();
    close();
    store = null;
    return calls;
  }

  private void checkHiddenUnlessUnreadable() {
    try {
      checkHidden();
    } catch (StoreUnavailableException _) {
      // The disk refuses to read anything now.
    }
  }
}
