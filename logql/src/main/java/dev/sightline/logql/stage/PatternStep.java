package dev.sightline.logql.stage;

import java.nio.charset.StandardCharsets;

/// `pattern "<ip> - <_>"`: captures become labels.
final class PatternStep implements Step {
  private final PatternMatch match;

  PatternStep(String pattern) {
    this.match = new PatternMatch(pattern);
  }

  @Override
  public boolean apply(Line line) {
    LineLabels labels = line.labels();
    labels.beginParser();
    byte[] bytes = line.bytes();
    match.capture(
        bytes,
        line.start(),
        line.end(),
        (name, from, to) -> {
          if (!labels.isUnwanted(name)) {
            labels.found(name, new String(bytes, from, to - from, StandardCharsets.UTF_8));
          }
        });
    return true;
  }
}
