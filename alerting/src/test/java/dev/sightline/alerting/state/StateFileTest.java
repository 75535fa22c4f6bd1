package dev.sightline.alerting.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.alerting.state.ActiveAlert.Elapsed;
import dev.sightline.alerting.state.ActiveAlert.Phase;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFileTest {
  private static final ActiveAlert ALERT =
      new ActiveAlert(
          Labels.of("alertname", "A", "job", "é"),
          Labels.of("summary", "text"),
          Phase.FIRING,
          Double.NaN,
          1_000,
          2_000,
          0,
          3_000,
          new Elapsed(60_000, 5_000, 0, Elapsed.NEVER_TOLD));
  private static final StateFile.Content CONTENT =
      new StateFile.Content("file;group", 4_000, Map.of("rule", Map.of(ALERT.labels(), ALERT)));

  @Test
  void readsWhatItWrote() {
    assertThat(StateFile.read(StateFile.write(CONTENT))).isEqualTo(CONTENT);
  }

  @Test
  void noticesEveryDamage() {
    byte[] bytes = StateFile.write(CONTENT);
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      assertThatThrownBy(() -> StateFile.read(damaged)).isInstanceOf(BadBytesException.class);
      byte[] cut = java.util.Arrays.copyOf(bytes, i);
      assertThatThrownBy(() -> StateFile.read(cut)).isInstanceOf(BadBytesException.class);
    }
  }
}
