package dev.sightline.demo.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.demo.traffic.FakeStack;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class LinePusherTest {
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final Labels STREAM = Labels.of("service", "test");
  private static final int ROOM = 4_096;

  private final FakeStack stack = new FakeStack();

  private record Said(String text) implements LineSink.Line {
    @Override
    public Labels stream() {
      return STREAM.with("level", "info");
    }

    @Override
    public Labels metadata() {
      return Labels.of("request_id", "id of " + text);
    }
  }

  /// `level time line metadata` of all that was taken, in its order.
  private List<String> taken() {
    List<String> lines = new ArrayList<>();
    for (String push : stack.pushes) {
      for (JsonNode stream : JsonMapper.shared().readTree(push).get("streams")) {
        assertThat(stream.get("stream").get("service").asString()).isEqualTo("test");
        for (JsonNode value : stream.get("values")) {
          String level = stream.get("stream").get("level").asString();
          lines.add(
              "%s %s %s %s"
                  .formatted(
                      level, value.get(0).asString(), value.get(1).asString(), value.get(2)));
        }
      }
    }
    return lines;
  }

  @Test
  void whatWasSaidBeforeItKnewWhereToIsPushedThenAndTheLastLinesAtTheEnd() {
    try (stack) {
      try (LinePusher lines = LinePusher.start(STREAM)) {
        lines.offer(NOW_MS, new Said("a"));
        lines.to(stack.serverUri(), null);
        lines.offer(NOW_MS, new Said("a"));
        lines.offer(NOW_MS + 1, new Said("b"));
      }
      assertThat(taken())
          .containsExactly(
              "info 1700000000000000000 a {\"request_id\":\"id of a\"}",
              "info 1700000000000000001 a {\"request_id\":\"id of a\"}",
              "info 1700000000001000000 b {\"request_id\":\"id of b\"}");
    }
  }

  @Test
  void aServerThatCannotNowIsAskedAgainWithTheSameLines() {
    try (stack;
        LinePusher lines = LinePusher.start(STREAM)) {
      stack.pushStatus = 503;
      lines.offer(NOW_MS, new Said("patient"));
      lines.to(stack.serverUri(), null);
      while (stack.refusedPushes.get() == 0) {
        Thread.onSpinWait();
      }
      stack.pushStatus = 204;
      while (stack.pushes.isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(taken()).singleElement().asString().contains("patient");
      assertThat(lines.dropped()).isZero();
    }
  }

  @Test
  void linesWithoutRoomAreCountedAndTheirNumberIsSaid() {
    try (stack) {
      try (LinePusher lines = LinePusher.start(STREAM)) {
        for (int i = 0; i < ROOM + 3; i++) {
          lines.offer(NOW_MS, new Said("line " + i));
        }
        assertThat(lines.dropped()).isEqualTo(3);
        lines.to(stack.serverUri(), null);
      }
      assertThat(taken()).hasSize(ROOM + 1);
      assertThat(taken().getFirst()).startsWith("warn ").contains("3 lines are missing");
    }
  }

  @Test
  void whatAServerRefusesIsGoneAndCounted() {
    try (stack;
        LinePusher lines = LinePusher.start(STREAM)) {
      stack.pushStatus = 401;
      lines.offer(NOW_MS, new Said("refused"));
      lines.to(stack.serverUri(), null);
      while (lines.dropped() == 0) {
        Thread.onSpinWait();
      }
      stack.pushStatus = 204;
      lines.offer(NOW_MS, new Said("taken"));
      while (stack.pushes.isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(taken()).hasSize(2);
      assertThat(taken().getFirst()).contains("1 lines are missing");
    }
  }

  @Test
  void withoutAServerItEndsSoonAndCountsWhatWasLost() {
    LinePusher lines = LinePusher.start(STREAM);
    lines.offer(NOW_MS, new Said("never"));
    lines.close();
    assertThat(lines.dropped()).isEqualTo(1);
    stack.close();
  }
}
