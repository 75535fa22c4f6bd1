package dev.sightline.logstore;

import dev.sightline.logstore.LogModel.Line;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.log.LogSource.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Lines and questions from a seed: few streams and times, so that everything collides.
final class RandomLines {
  private static final String[] WORDS = {
    "started",
    "GET /predict",
    "user=42",
    "trace_id=4bf92f3577b34da6",
    "äöü €",
    "level=error",
    "{\"level\":\"warn\",\"took\":0.25}",
    "",
    "a",
    "\u0000\uFFFF",
    "x".repeat(300)
  };

  private final SplittableRandom random;

  RandomLines(SplittableRandom random) {
    this.random = random;
  }

  /// @param aroundNs the middle of the times
  /// @param spreadNs how far they may lie from it
  List<Line> lines(int max, long aroundNs, long spreadNs) {
    List<Line> lines = new ArrayList<>();
    for (int i = 1 + random.nextInt(max); i > 0; i--) {
      lines.add(line(aroundNs, spreadNs));
    }
    return lines;
  }

  private Line line(long aroundNs, long spreadNs) {
    long coarse = random.nextInt(4) == 0 ? 1 : Math.max(1, spreadNs / 8);
    long timestampNs = aroundNs + random.nextLong(2 * spreadNs / coarse) * coarse - spreadNs;
    Labels metadata =
        random.nextInt(4) == 0
            ? Labels.of("pod", "p" + random.nextInt(3), "trace", "t" + random.nextInt(5))
            : Labels.EMPTY;
    StringBuilder text = new StringBuilder();
    for (int words = random.nextInt(4); words > 0; words--) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : "");
    }
    return new Line(stream(), timestampNs, text.toString(), metadata);
  }

  private Labels stream() {
    return Labels.of("app", "app" + random.nextInt(3), "level", random.nextBoolean() ? "info" : "");
  }

  /// What [WordLanguage] reads.
  String deletion() {
    return "app" + random.nextInt(3) + " " + WORDS[random.nextInt(WORDS.length)];
  }

  Request request(long aroundNs, long spreadNs) {
    long startNs = aroundNs - random.nextLong(spreadNs * 2);
    long endNs = startNs + random.nextLong(spreadNs * 3);
    List<Matcher> matchers =
        switch (random.nextInt(5)) {
          case 0 -> List.of(Matcher.equal("app", "app1"));
          case 1 -> List.of(new Matcher("app", MatchOperator.REGEX, "app[01]"));
          case 2 -> List.of(new Matcher("level", MatchOperator.NOT_EQUAL, "info"));
          case 3 ->
              List.of(
                  new Matcher("app", MatchOperator.NOT_REGEX, "app0|app2"),
                  Matcher.equal("level", ""));
          default -> List.of();
        };
    Direction direction = random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD;
    return new Request(matchers, startNs, endNs, direction, needles());
  }

  private List<String> needles() {
    return switch (random.nextInt(8)) {
      case 0 -> List.of("user=42");
      case 1 -> List.of("4bf92f3577b34da6");
      case 2 -> List.of("bf92f3577b34");
      case 3 -> List.of("GET /pre", "€");
      case 4 -> List.of("nowhere to be found");
      default -> List.of();
    };
  }
}
