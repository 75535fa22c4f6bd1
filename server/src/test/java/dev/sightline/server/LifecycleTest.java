package dev.sightline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  @Test
  void closesInTheOppositeOrderAndPastAFailure() {
    List<String> closed = new ArrayList<>();
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.keep("first", () -> closed.add("first"));
    lifecycle.keep(
        "second",
        () -> {
          closed.add("second");
          throw new IllegalStateException("on purpose");
        });
    lifecycle.keep("third", () -> closed.add("third"));
    lifecycle.close();
    lifecycle.close();
    assertThat(closed).containsExactly("third", "second", "first");
  }
}
