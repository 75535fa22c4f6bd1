package dev.sightline.logstore;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LineTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The smallest language of deletions: `app` and a word that lines contain; none for every line.
final class WordLanguage {
  private WordLanguage() {}

  static LineTest read(String text) {
    String[] said = text.split(" ", 2);
    List<Matcher> selector = List.of(Matcher.equal("app", said[0]));
    String word = said.length > 1 ? said[1] : "";
    return new LineTest() {
      @Override
      public List<Matcher> selector() {
        return selector;
      }

      @Override
      public boolean isEveryLine() {
        return word.isEmpty();
      }

      @Override
      public Tester tester() {
        return (_, line) -> {
          int length = line.lineEnd() - line.lineStart();
          return new String(line.bytes(), line.lineStart(), length, StandardCharsets.UTF_8)
              .contains(word);
        };
      }
    };
  }
}
