package dev.sightline.tsdb.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatcherPostingsTest {
  private static final String[] NAMES = {"__name__", "job", "model", "zone", "absent"};
  private static final String[] VALUES = {"", "a", "b", "ab", "c\nd", "ü"};
  private static final String[] PATTERNS = {
    "", "a", "a|b", "a|", ".*", ".+", "a.*", "a.+", "[ab]", "c.d", "zz|a|b", "(a|b)?", "nobody"
  };

  @Test
  void indexedAnswerIsTheScannedAnswer() {
    Seeds.check(
        1_000,
        seed -> {
          Random random = new Random(seed);
          List<Labels> series = series(random);
          GrowingIndex index = new GrowingIndex();
          series.forEach(index::add);
          List<Matcher> matchers = matchers(random);
          assertThat(numbers(MatcherPostings.of(index, matchers)))
              .as("%s", matchers)
              .isEqualTo(scan(series, matchers));
        });
  }

  @Test
  void seeksAsItSteps() {
    Seeds.check(
        1_000,
        seed -> {
          Random random = new Random(seed);
          List<Labels> series = series(random);
          GrowingIndex index = new GrowingIndex();
          series.forEach(index::add);
          List<Matcher> matchers = matchers(random);
          List<Integer> all = scan(series, matchers);
          Postings postings = MatcherPostings.of(index, matchers);
          int at = -1;
          while (at != Postings.END) {
            int target = at + 1 + random.nextInt(4);
            boolean step = random.nextBoolean();
            int from = step ? at + 1 : Math.max(at, target);
            at = step ? postings.next() : postings.seek(target);
            int expected =
                all.stream().filter(number -> number >= from).findFirst().orElse(Postings.END);
            assertThat(at).as("%s from %d", matchers, from).isEqualTo(expected);
          }
        });
  }

  @Test
  void sharesTextsAmongSeries() {
    GrowingIndex index = new GrowingIndex();
    Labels first = Labels.of("a", new String("x"));
    index.add(first);
    Labels second = index.share(Labels.of("a", new String("x"), "b", new String("x")));
    assertThat(first.value(0)).isSameAs(second.value(0)).isSameAs(second.value(1));
  }

  private static List<Labels> series(Random random) {
    List<Labels> series = new ArrayList<>();
    int count = random.nextInt(40);
    for (int i = 0; i < count; i++) {
      Labels.Builder labels = new Labels.Builder();
      for (int j = 0; j < NAMES.length - 1; j++) {
        labels.set(NAMES[j], VALUES[random.nextInt(VALUES.length)]);
      }
      series.add(labels.build());
    }
    return series;
  }

  private static List<Matcher> matchers(Random random) {
    List<Matcher> matchers = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String name = NAMES[random.nextInt(NAMES.length)];
      MatchOperator operator = MatchOperator.values()[random.nextInt(4)];
      boolean regex = operator == MatchOperator.REGEX || operator == MatchOperator.NOT_REGEX;
      String[] from = regex ? PATTERNS : VALUES;
      matchers.add(new Matcher(name, operator, from[random.nextInt(from.length)]));
    }
    return matchers;
  }

  private static List<Integer> scan(List<Labels> series, List<Matcher> matchers) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      Labels labels = series.get(i);
      if (matchers.stream().allMatch(matcher -> matcher.matches(labels.get(matcher.name())))) {
        found.add(i);
      }
    }
    return found;
  }

  private static List<Integer> numbers(Postings postings) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = postings.next(); number != Postings.END; number = postings.next()) {
      numbers.add(number);
    }
    return numbers;
  }
}
