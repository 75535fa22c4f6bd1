package dev.sightline.logql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.query.QueryException.BadQuery;
import dev.sightline.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrinterTest {
  @Test
  void whatIsPrintedIsReadAsTheSameTree() {
    Seeds.check(
        3_000,
        seed -> {
          String query = new RandomLogQuery(new Random(seed)).any(3);
          String tree = withoutPositions(LogqlParser.parse(query));
          String printed = Printer.print(LogqlParser.parse(query));
          assertThat(withoutPositions(LogqlParser.parse(printed))).as(query).isEqualTo(tree);
          assertThat(Printer.print(LogqlParser.parse(printed))).as(query).isEqualTo(printed);
        });
  }

  @Test
  void anyTextIsReadOrRefused() {
    Seeds.check(
        10_000,
        seed -> {
          Random random = new Random(seed);
          StringBuilder query = new StringBuilder(new RandomLogQuery(random).any(2));
          for (int i = random.nextInt(6); i >= 0; i--) {
            damage(query, random);
            if (query.isEmpty()) {
              return;
            }
          }
          try {
            assertThat(LogqlParser.parse(query.toString())).isNotNull();
          } catch (BadQuery refused) {
            assertThat(refused).hasMessageMatching("(?s)parse error (at line \\d+, col \\d+|): .+");
          }
        });
  }

  private static void damage(StringBuilder query, Random random) {
    int at = random.nextInt(query.length());
    switch (random.nextInt(3)) {
      case 0 -> query.deleteCharAt(at);
      case 1 ->
          query.insert(
              at, "(){}[],:@+-*/%^<>=!~\"'`#\\ \n_x9.µ\uD800|&".charAt(random.nextInt(35)));
      default -> query.insert(at, query.substring(at, at + random.nextInt(query.length() - at)));
    }
  }

  private static String withoutPositions(Object tree) {
    return tree.toString().replaceAll("Position\\[start=\\d+, end=\\d+\\]", "@");
  }
}
