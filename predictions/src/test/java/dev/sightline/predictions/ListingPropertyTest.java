package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Order;
import dev.sightline.model.prediction.PredictionSource.Page;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.model.query.QueryException;
import dev.sightline.predictions.part.Place;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Pages, one after the other, are what a sorted and filtered list would be.
class ListingPropertyTest {
  private static final long NOW_MS = 1_750_000_000_000L;

  @Test
  void pagesAreASortedAndFilteredList() {
    Seeds.check(100, ListingPropertyTest::check);
  }

  private static void check(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Prediction> rows = new ArrayList<>();
    try (PredictionStore store = store(seed)) {
      for (int i = random.nextInt(60); i > 0; i--) {
        Prediction row = row("id" + i, random);
        rows.add(row);
        store.store(List.of(row));
        if (random.nextInt(15) == 0) {
          store.cut();
        }
      }
      for (Order order : Order.values()) {
        boolean falling = random.nextBoolean();
        Predicate<Labelled> filter = one -> one.prediction().output().equals(new Datum.Flag(true));
        List<String> expected =
            sorted(rows, order, falling)
                .filter(row -> filter.test(new Labelled(row, null)))
                .map(Prediction::id)
                .toList();
        int mostLooked = order == Order.TIME ? random.nextInt(1, 9) : 60;
        assertThat(walk(store, order, falling, random.nextInt(1, 9), filter, mostLooked))
            .as(order + " falling " + falling)
            .isEqualTo(expected);
      }
    }
  }

  private static Stream<Prediction> sorted(List<Prediction> rows, Order order, boolean falling) {
    Comparator<Prediction> byTime = Comparator.comparingLong(Prediction::timeMs);
    Comparator<Prediction> rising =
        switch (order) {
          case TIME -> byTime;
          case CONFIDENCE -> Comparator.comparing(Prediction::confidence).thenComparing(byTime);
          case LATENCY -> Comparator.comparing(Prediction::latencyMs).thenComparing(byTime);
        };
    List<Prediction> there =
        new ArrayList<>(
            rows.stream()
                .filter(row -> order != Order.CONFIDENCE || row.confidence() != null)
                .filter(row -> order != Order.LATENCY || row.latencyMs() != null)
                .toList());
    there.sort(rising); // stable: equal ones stay in the order of arrival
    return (falling ? there.reversed() : there).stream();
  }

  private static List<String> walk(
      PredictionStore store,
      Order order,
      boolean falling,
      int limit,
      Predicate<Labelled> filter,
      int mostLooked) {
    List<String> ids = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page page =
          store.list(
              new Query(
                  "m", 0, Long.MAX_VALUE, null, order, falling, limit, cursor, filter, mostLooked));
      assertThat(page.predictions()).hasSizeLessThanOrEqualTo(limit);
      assertThat(page.looked()).isLessThanOrEqualTo(mostLooked);
      page.predictions().forEach(one -> ids.add(one.prediction().id()));
      cursor = page.cursor();
    } while (cursor != null);
    return ids;
  }

  @Test
  void orderingMoreThanMayBeLookedAtIsRefused() {
    try (PredictionStore store = store(1)) {
      SplittableRandom random = new SplittableRandom(1);
      store.store(List.of(row("a", random), row("b", random)));
      Query query =
          new Query("m", 0, Long.MAX_VALUE, null, Order.LATENCY, true, 10, null, _ -> true, 1);
      assertThatThrownBy(() -> store.list(query))
          .isInstanceOf(QueryException.LimitExceeded.class)
          .hasMessage(
              "more than 1 predictions would be looked at to order them; ask for a shorter range");
    }
  }

  @Test
  void aCursorOfAnotherOrderIsRefused() {
    try (PredictionStore store = store(1)) {
      Query query =
          new Query(
              "m",
              0,
              Long.MAX_VALUE,
              null,
              Order.LATENCY,
              true,
              10,
              Cursor.text(new Place(1, 2)),
              _ -> true,
              10);
      assertThatThrownBy(() -> store.list(query)).isInstanceOf(QueryException.BadQuery.class);
    }
  }

  private static Prediction row(String id, SplittableRandom random) {
    return new Prediction(
        id,
        "m",
        "1",
        NOW_MS - random.nextInt(20),
        Map.of(),
        new Datum.Flag(random.nextInt(3) > 0),
        random.nextInt(3) == 0 ? null : (Double) (random.nextInt(4) / 4.0),
        Map.of(),
        random.nextInt(3) == 0 ? null : (Double) (double) random.nextInt(4),
        Map.of());
  }

  private static PredictionStore store(long seed) {
    FakeClock clock = new FakeClock(NOW_MS);
    return PredictionStore.open(
        new SimulatedFileSystem(seed),
        Path.of("/predictions"),
        PredictionStoreOptions.DEFAULT,
        clock,
        clock,
        new MeterRegistry());
  }
}
