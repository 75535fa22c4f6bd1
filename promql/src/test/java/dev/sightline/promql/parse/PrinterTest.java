package dev.sightline.promql.parse;

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
          String query = new RandomQuery(new Random(seed)).vector(4);
          String tree = withoutPositions(PromqlParser.parse(query));
          String printed = Printer.print(PromqlParser.parse(query));
          assertThat(withoutPositions(PromqlParser.parse(printed))).as(query).isEqualTo(tree);
          assertThat(Printer.print(PromqlParser.parse(printed))).as(query).isEqualTo(printed);
        });
  }

  @Test
  void anyTextIsReadOrRefused() {
    Seeds.check(
        10_000,
        seed -> {
          Random random = new Random(seed);
          StringBuilder query = new StringBuilder(new RandomQuery(random).vector(3));
          for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(query.length());
            switch (random.nextInt(3)) {
              case 0 -> query.deleteCharAt(at);
              case 1 ->
                  query.insert(
                      at, "(){}[],:@+-*/%^<>=!~\"'`#\\ \n_x9.µ\uD800".charAt(random.nextInt(33)));
              default ->
                  query.insert(at, query.substring(at, at + random.nextInt(query.length() - at)));
            }
            if (query.isEmpty()) {
              return;
            }
          }
          try {
            assertThat(PromqlParser.parse(query.toString())).isNotNull();
          } catch (BadQuery refused) {
            assertThat(refused).hasMessageMatching("(?s)\\d+:\\d+: parse error: .+");
          }
        });
  }

  private static String withoutPositions(Object tree) {
    return tree.toString().replaceAll("Position\\[start=\\d+, end=\\d+\\]", "@");
  }
}
