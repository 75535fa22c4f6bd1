package dev.sightline.storage.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FailpointsTest {
  @Test
  void readsWhatTheCommandLineNames() {
    assertThat(Failpoints.parse("")).isEmpty();
    assertThat(Failpoints.parse("a.b:halt@1, c:throw@20")).containsOnlyKeys("a.b", "c");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    for (String bad : new String[] {"a", "a:halt", "a:explode@1", "a:halt@0", "a:halt@x"}) {
      assertThatThrownBy(() -> Failpoints.parse(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("not " + bad);
    }
  }
}
