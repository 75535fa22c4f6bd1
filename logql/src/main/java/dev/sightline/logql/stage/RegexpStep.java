package dev.sightline.logql.stage;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sightline.model.label.BoundedPattern;
import java.util.Map;

/// `regexp "(?P<name>…)"`: named groups become labels.
final class RegexpStep implements Step {
  private final Pattern pattern;
  private final Map<String, Integer> groups;

  RegexpStep(String regex) {
    this.pattern = BoundedPattern.compile(regex, 0);
    this.groups = pattern.namedGroups();
  }

  @Override
  public boolean apply(Line line) {
    LineLabels labels = line.labels();
    labels.beginParser();
    Matcher matcher = pattern.matcher(line.text());
    if (matcher.find()) {
      groups.forEach(
          (name, group) -> {
            String value = matcher.group(group);
            if (value != null && !labels.isUnwanted(name)) {
              labels.found(NameCache.sanitized(name), value);
            }
          });
    }
    return true;
  }
}
