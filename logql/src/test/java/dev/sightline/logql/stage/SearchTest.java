package dev.sightline.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.sightline.model.log.ByteSearch;
import dev.sightline.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final String LETTERS = "abAB kKsS_\n0é{";

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  @Test
  void findsWhatStringsFind() {
    Seeds.check(
        20_000,
        seed -> {
          Random random = new Random(seed);
          String line = text(random, 60);
          String wanted = text(random, 4);
          String before = text(random, 5);
          byte[] bytes = (before + line + wanted).getBytes(StandardCharsets.UTF_8);
          int from = before.getBytes(StandardCharsets.UTF_8).length;
          int to = from + line.getBytes(StandardCharsets.UTF_8).length;
          int at = new ByteSearch(wanted).indexOf(bytes, from, to);
          byte[] head = new byte[Math.max(0, at - from)];
          System.arraycopy(bytes, from, head, 0, head.length);
          assertThat(at < 0 ? -1 : new String(head, StandardCharsets.UTF_8).length())
              .as("%s in %s", wanted, line)
              .isEqualTo(line.indexOf(wanted));
          String ascii = wanted.replace("é", "e");
          assertThat(new ByteSearch(ascii, true).isIn(bytes, from, to))
              .as("(?i)%s in %s", ascii, line)
              .isEqualTo(line.toLowerCase(Locale.ROOT).contains(ascii.toLowerCase(Locale.ROOT)));
        });
  }

  @Test
  void leavesOutNoLineThatARegularExpressionMatches() {
    String[] parts = {
      "a",
      "b",
      "A",
      " ",
      "_",
      "é",
      ".",
      ".*",
      "a+",
      "b?",
      "[ab]",
      "[^a]",
      "(a|b)",
      "(?:ab|A_)",
      "(aA)*",
      "a{2}",
      "\\.",
      "\\d",
      "\\n",
      "^",
      "$",
      "k",
      "|",
      "(?P<x>bA)",
      "(a|)",
      "s"
    };
    Seeds.check(
        20_000,
        seed -> {
          Random random = new Random(seed);
          StringBuilder regex = new StringBuilder(random.nextInt(4) == 0 ? "(?i)" : "");
          for (int i = 1 + random.nextInt(5); i > 0; i--) {
            regex.append(parts[random.nextInt(parts.length)]);
          }
          String line = text(random, 30);
          byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
          boolean expected;
          try {
            expected = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(line).find();
          } catch (RuntimeException malformed) {
            return;
          }
          assertThat(new RegexSearch(regex.toString()).isIn(bytes, 0, bytes.length))
              .as("%s in %s", regex, line)
              .isEqualTo(expected);
        });
  }

  private static void requires(String regex, boolean exact, String... texts) {
    RequiredTexts required = RequiredTexts.of(regex);
    assertThat(required.texts()).as(regex).containsExactly(texts);
    assertThat(required.exact()).as(regex).isEqualTo(exact);
  }

  @Test
  void knowsWhatARegularExpressionCannotDoWithout() {
    requires("error", true, "error");
    requires("error|warn", true, "error", "warn");
    requires("level=(error|fatal) errorcode=\\d+", false, " errorcode=");
    requires("(error|fatal)!", false, "error", "fatal");
    requires("a.*timeout.*b", false, "timeout");
    requires("(?i)TimeOut", true, "TimeOut");
    requires("x?y*", false);
    requires("[0-9]+", false);
    requires("a|.*", false);
  }
}
