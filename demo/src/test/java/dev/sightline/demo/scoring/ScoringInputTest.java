package dev.sightline.demo.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoringInputTest {
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"text\"",
    "\"dataframe_split\"",
    "\"dataframe_records\"",
    "\"instances\"",
    "\"inputs\"",
    "\"columns\"",
    "\"data\"",
    "null",
    "true",
    "1e999",
    "NaN",
    "\"",
    "\\",
    "\u0000",
    "é",
    " ",
    "\n",
    "\r",
    "text",
    "a"
  };

  @Test
  void anyJsonIsReadOrRefused() {
    Seeds.check(3_000, seed -> readOrRefuse(() -> ScoringInput.ofJson(bytes(text(seed, 30)))));
  }

  @Test
  void anyChangeOfAGoodBodyIsReadOrRefused() {
    byte[] good =
        bytes("{\"dataframe_split\": {\"columns\": [\"text\"], \"data\": [[\"a\"], [null]]}}");
    Seeds.check(
        3_000,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          byte[] body = good.clone();
          for (int change = random.nextInt(4); change >= 0; change--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
          }
          readOrRefuse(() -> ScoringInput.ofJson(body));
        });
  }

  @Test
  void anyCsvIsReadOrRefused() {
    Seeds.check(3_000, seed -> readOrRefuse(() -> ScoringInput.ofCsv("text\n" + text(seed, 30))));
  }

  @Test
  void whatIsWrittenAsCsvIsRead() {
    Seeds.check(
        500,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          List<String> texts = new ArrayList<>();
          StringBuilder csv = new StringBuilder("n,text\r\n");
          for (int row = random.nextInt(5); row >= 0; row--) {
            texts.add("x" + text(random.nextLong(), 8));
            csv.append(row).append(",\"").append(texts.getLast().replace("\"", "\"\""));
            csv.append(random.nextBoolean() ? "\"\r\n" : "\"\n");
          }
          assertThat(ScoringInput.ofCsv(csv.toString())).isEqualTo(texts);
        });
  }

  @Test
  void refusesJsonThatIsTooDeep() {
    readOrRefuse(() -> ScoringInput.ofJson(bytes("{\"inputs\":" + "[".repeat(500_000))));
  }

  private static void readOrRefuse(Runnable read) {
    try {
      read.run();
    } catch (ScoringException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  private static String text(long seed, int pieces) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(pieces); left > 0; left--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
