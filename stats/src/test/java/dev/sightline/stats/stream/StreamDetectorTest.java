package dev.sightline.stats.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.Oracle;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.stream.StreamDetector.Signal;
import dev.sightline.stats.test.KolmogorovSmirnov;
import dev.sightline.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Detectors against river's, value by value.
class StreamDetectorTest {
  @Test
  void detectorsOfErrorsEqualRivers() {
    for (JsonNode want : Oracle.committed("streams.json").get("errors")) {
      double[] stream = errors(want);
      check(want, "ddm", new ErrorRate()::add, stream);
      check(want, "eddm", new ErrorDistance()::add, stream);
      check(want, "hddm_a", new HoeffdingAverage()::add, stream);
      check(want, "hddm_a_two", new HoeffdingAverage(0.001, 0.005, true)::add, stream);
      check(want, "hddm_w", new HoeffdingWeighted()::add, stream);
      check(want, "hddm_w_two", new HoeffdingWeighted(0.001, 0.005, 0.05, true)::add, stream);
      check(want, "adwin", restarting(AdaptiveWindow::new), stream);
    }
  }

  @Test
  void detectorsOfNumbersEqualRivers() {
    for (JsonNode want : Oracle.committed("streams.json").get("numbers")) {
      double[] stream = numbers(want);
      check(want, "page_hinkley", new PageHinkley()::add, stream);
      check(want, "adwin", restarting(AdaptiveWindow::new), stream);
    }
  }

  /// river draws a sample for each value, so that its answers depend on its seed; ours must see the
  /// same jumps.
  @Test
  void theSortedWindowSeesEveryJump() {
    for (JsonNode want : Oracle.committed("streams.json").get("numbers")) {
      List<Integer> drifts = drifts(new SortedWindow(), numbers(want));
      int jump = 0;
      for (int part = 0; part + 1 < want.get("parts").size(); part++) {
        jump += want.get("parts").get(part).get(0).asInt();
        int at = jump;
        assertThat(drifts)
            .as("jump at %d of seed %d", at, want.get("seed").asInt())
            .anyMatch(drift -> drift >= at && drift < at + 60);
      }
    }
  }

  @Test
  void bothSidesOfTheSortedWindowAreWhatTheWindowHolds() {
    Seeds.check(
        20,
        seed -> {
          Random random = new Random(seed);
          SortedWindow detector = new SortedWindow(1e-9, 50, 20);
          double[] stream = new double[400];
          for (int row = 0; row < stream.length; row++) {
            stream[row] = random.nextInt(12);
            assertThat(detector.add(stream[row])).isEqualTo(Signal.NONE);
            if (row >= 49) {
              double[] older = Arrays.copyOfRange(stream, row - 49, row - 19);
              double[] newer = Arrays.copyOfRange(stream, row - 19, row + 1);
              SortedColumn[] sides = detector.sides();
              assertThat(sides[0].toArray()).isEqualTo(SortedColumn.of(older).toArray());
              assertThat(sides[1].toArray()).isEqualTo(SortedColumn.of(newer).toArray());
            }
          }
        });
  }

  /// It speaks exactly when the exact test does.
  @Test
  void theSortedWindowKeepsItsAlpha() {
    Random random = new Random(4);
    int drifts = 0;
    for (int round = 0; round < 2_000; round++) {
      SortedWindow detector = new SortedWindow(0.05, 50, 20);
      Signal signal = Signal.NONE;
      double[] values = random.doubles(50).toArray();
      for (double value : values) {
        signal = detector.add(value);
      }
      SortedColumn older = SortedColumn.of(Arrays.copyOf(values, 30));
      SortedColumn newer = SortedColumn.of(Arrays.copyOfRange(values, 30, 50));
      boolean rare = KolmogorovSmirnov.exact(older, newer).pValue() <= 0.05;
      assertThat(signal == Signal.DRIFT).isEqualTo(rare);
      drifts += rare ? 1 : 0;
    }
    assertThat(drifts).isBetween(40, 120);
  }

  /// Its memory grows with the logarithm of a stream in which nothing happens.
  @Test
  void theAdaptiveWindowGrowsWhileNothingHappens() {
    AdaptiveWindow detector = new AdaptiveWindow();
    Random random = new Random(1);
    for (int row = 0; row < 100_000; row++) {
      assertThat(detector.add(random.nextGaussian())).isEqualTo(Signal.NONE);
    }
    assertThat(detector.n()).isEqualTo(100_000);
    for (int row = 0; row < 5_000; row++) {
      detector.add(3 + random.nextGaussian());
    }
    assertThat(detector.mean()).isBetween(2.8, 3.2);
    assertThat(detector.n()).isLessThan(6_000);
  }

  /// river forgets the whole window after a change; ours keeps the newer part, as the paper does.
  private static DoubleFunction<Signal> restarting(Supplier<StreamDetector> fresh) {
    StreamDetector[] now = {fresh.get()};
    return value -> {
      Signal signal = now[0].add(value);
      if (signal == Signal.DRIFT) {
        now[0] = fresh.get();
      }
      return signal;
    };
  }

  /// Whatever the moment, one that takes over says what the first one would have said.
  @Test
  void aRestoredDetectorGoesOnAsIfNothingHadHappened() {
    List<Supplier<StreamDetector>> kinds =
        List.of(
            ErrorRate::new,
            ErrorDistance::new,
            HoeffdingAverage::new,
            () -> new HoeffdingWeighted(0.001, 0.005, 0.05, true),
            PageHinkley::new,
            AdaptiveWindow::new,
            SortedWindow::new);
    Seeds.check(
        20,
        seed -> {
          Random random = new Random(seed);
          for (Supplier<StreamDetector> kind : kinds) {
            StreamDetector first = kind.get();
            StreamDetector second = kind.get();
            for (int row = 0; row < 3_000; row++) {
              double value = random.nextDouble() < (row / 700 % 2 == 0 ? 0.1 : 0.5) ? 1 : 0;
              assertThat(second.add(value)).isEqualTo(first.add(value));
              if (random.nextInt(100) == 0) {
                second = kind.get();
                second.restore(first.state());
              }
            }
          }
        });
  }

  private static void check(
      JsonNode want, String name, DoubleFunction<Signal> detector, double[] stream) {
    List<Integer> drifts = new ArrayList<>();
    List<Integer> warnings = new ArrayList<>();
    for (int row = 0; row < stream.length; row++) {
      switch (detector.apply(stream[row])) {
        case DRIFT -> drifts.add(row);
        case WARNING -> warnings.add(row);
        case NONE -> {}
      }
    }
    String what = name + " of seed " + want.get("seed").asInt();
    assertThat(drifts).as(what).isEqualTo(places(want.get(name).get("drifts")));
    assertThat(warnings).as(what).isEqualTo(places(want.get(name).get("warnings")));
  }

  private static List<Integer> drifts(StreamDetector detector, double[] stream) {
    List<Integer> drifts = new ArrayList<>();
    for (int row = 0; row < stream.length; row++) {
      if (detector.add(stream[row]) == Signal.DRIFT) {
        drifts.add(row);
      }
    }
    return drifts;
  }

  private static List<Integer> places(JsonNode array) {
    List<Integer> places = new ArrayList<>();
    array.forEach(place -> places.add(place.asInt()));
    return places;
  }

  private static double[] errors(JsonNode want) {
    Lcg lcg = new Lcg(want.get("seed").asLong());
    List<Double> stream = new ArrayList<>();
    for (JsonNode part : want.get("parts")) {
      for (int row = 0; row < part.get(0).asInt(); row++) {
        stream.add(lcg.u() < part.get(1).asDouble() ? 1.0 : 0.0);
      }
    }
    return stream.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] numbers(JsonNode want) {
    Lcg lcg = new Lcg(want.get("seed").asLong());
    List<Double> stream = new ArrayList<>();
    for (JsonNode part : want.get("parts")) {
      for (int row = 0; row < part.get(0).asInt(); row++) {
        stream.add(part.get(1).asDouble() + part.get(2).asDouble() * lcg.normal());
      }
    }
    return stream.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
