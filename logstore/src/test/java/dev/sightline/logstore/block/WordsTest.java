package dev.sightline.logstore.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a filter keeps back holds no line that was wanted, and it keeps back much.
class WordsTest {
  private static final String CHARACTERS = "abcdef0123456789_ -=:\"ä€";

  @Test
  void everyPartOfALineMayBeInItsFilter() {
    Seeds.check(
        2_000,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          Words words = new Words();
          List<String> lines = new ArrayList<>();
          for (int i = random.nextInt(1, 5); i > 0; i--) {
            String line = text(random, random.nextInt(200));
            byte[] bytes = ("##" + line + "##").getBytes(StandardCharsets.UTF_8);
            words.add(bytes, 2, bytes.length - 2);
            lines.add(line);
          }
          BloomFilter filter = words.filter();
          for (String line : lines) {
            for (int i = 0; i < 50; i++) {
              int from = random.nextInt(line.length() + 1);
              int to = random.nextInt(from, line.length() + 1);
              String part = line.substring(from, to);
              assertThat(Words.Needles.of(List.of(part)).mayBeIn(filter))
                  .as("'%s' in '%s'", part, line)
                  .isTrue();
            }
          }
        });
  }

  @Test
  void wordsWithinATextAndLongPartsOfWordsAreKnown() {
    checkKnown("error", false);
    checkKnown("user=42", false);
    checkKnown(" error ", true);
    checkKnown("a=42 b", true);
    checkKnown("0123456789a", false);
    checkKnown("0123456789ab", true);
    checkKnown("", false);
  }

  private static void checkKnown(String needle, boolean want) {
    assertThat(Words.Needles.of(List.of(needle)).areKnown()).as(needle).isEqualTo(want);
  }

  @Test
  void fewFiltersClaimWhatTheyDoNotHold() {
    SplittableRandom random = new SplittableRandom(5);
    Words words = new Words();
    for (int i = 0; i < 4_000; i++) {
      byte[] line = ("trace_id=" + hex(random, 32) + " took=" + i).getBytes(StandardCharsets.UTF_8);
      words.add(line, 0, line.length);
    }
    BloomFilter filter = words.filter();
    int wholeWords = 0;
    int parts = 0;
    for (int i = 0; i < 10_000; i++) {
      wholeWords += isIn(filter, "=" + hex(random, 16) + " ");
      parts += isIn(filter, hex(random, 20));
    }
    assertThat(wholeWords / 10_000.0).isLessThan(0.04);
    assertThat(parts / 10_000.0).isLessThan(0.02);
  }

  private static int isIn(BloomFilter filter, String needle) {
    return Words.Needles.of(List.of(needle)).mayBeIn(filter) ? 1 : 0;
  }

  private static String hex(SplittableRandom random, int digits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  private static String text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      if (random.nextInt(4) == 0) {
        text.append(hex(random, random.nextInt(40)));
      }
      text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return text.toString();
  }
}
