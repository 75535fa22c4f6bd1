package dev.sightline.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FixedMapTest {
  private static void check(List<String> names) {
    FixedMap.Builder<Integer> builder = new FixedMap.Builder<>();
    Map<String, Integer> want = new LinkedHashMap<>();
    for (int at = 0; at < names.size(); at++) {
      builder.put(names.get(at), at);
      want.put(names.get(at), at);
    }
    FixedMap<Integer> made = builder.build();
    assertThat(made).isEqualTo(want).hasSameHashCodeAs(want);
    assertThat(List.copyOf(made.keySet())).isEqualTo(List.copyOf(want.keySet()));
    assertThat(List.copyOf(made.values())).isEqualTo(List.copyOf(want.values()));
    List<String> told = new ArrayList<>();
    made.forEach((name, _) -> told.add(name));
    assertThat(told).containsExactlyElementsOf(want.keySet());
    for (String name : names) {
      assertThat(made.get(name)).isEqualTo(want.get(name));
      assertThat(made.containsKey(name)).isTrue();
    }
    assertThat(made.get("nowhere")).isNull();
    assertThat(made.containsKey(7)).isFalse();
    assertThat(FixedMap.copyOf(want)).isEqualTo(want);
    assertThat(FixedMap.copyOf(made)).isSameAs(made);
  }

  @Test
  void itIsWhatALinkedMapWouldBe() {
    check(List.of());
    check(List.of("a", "b", "a"));
    check(List.of("Aa", "BB")); // of one hash
    SplittableRandom random = new SplittableRandom(7);
    for (int size : new int[] {7, 8, 9, 31, 32, 33, 34, 64, 65, 300}) {
      List<String> names = new ArrayList<>();
      for (int at = 0; at < size; at++) {
        names.add("name" + random.nextInt(size * 2));
      }
      check(names);
    }
  }

  @Test
  void nobodyChangesIt() {
    FixedMap<String> made = FixedMap.copyOf(Map.of("a", "b"));
    assertThatThrownBy(() -> made.put("c", "d")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> made.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> made.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
