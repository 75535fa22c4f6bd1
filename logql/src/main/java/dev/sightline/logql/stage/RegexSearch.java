package dev.sightline.logql.stage;

import com.google.re2j.Pattern;
import dev.sightline.model.label.BoundedPattern;
import dev.sightline.model.log.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Looks for a regular expression within bytes; owned by one thread.
///
/// The engine is asked only where a text stands that the expression cannot do without.
final class RegexSearch {
  private final List<ByteSearch> required;
  private final boolean exact;
  private final Pattern pattern;

  /// @param regex checked by the parser; its dot matches line ends too
  RegexSearch(String regex) {
    RequiredTexts texts = RequiredTexts.of(regex);
    this.required =
        texts.texts().stream().map(text -> new ByteSearch(text, texts.folded())).toList();
    this.exact = texts.exact();
    this.pattern = BoundedPattern.compile(regex, Pattern.DOTALL);
  }

  boolean isIn(byte[] bytes, int from, int to) {
    if (!required.isEmpty() && !hasRequired(bytes, from, to)) {
      return false;
    }
    // RE2/J's own view on bytes misjudges `^` and `\b` behind letters of several bytes.
    return exact
        || pattern.matcher(new String(bytes, from, to - from, StandardCharsets.UTF_8)).find();
  }

  private boolean hasRequired(byte[] bytes, int from, int to) {
    for (ByteSearch search : required) {
      if (search.isIn(bytes, from, to)) {
        return true;
      }
    }
    return false;
  }
}
