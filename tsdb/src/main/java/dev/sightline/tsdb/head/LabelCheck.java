package dev.sightline.tsdb.head;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import org.jspecify.annotations.Nullable;

/// Says whether labels may name a series.
final class LabelCheck {
  private LabelCheck() {}

  /// @return what is wrong, or null
  static @Nullable String problem(Labels labels, HeadLimits limits) {
    if (!labels.has(Label.METRIC_NAME)) {
      return "has no metric name (label __name__)";
    }
    if (labels.size() > limits.labelsPerSeries()) {
      return "has " + labels.size() + " labels; the limit is " + limits.labelsPerSeries();
    }
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      String value = labels.value(i);
      if (name.isEmpty()) {
        return "has a label without a name";
      }
      if (name.length() > limits.labelLength().ofName()) {
        return "has a label name of %d characters; the limit is %d"
            .formatted(name.length(), limits.labelLength().ofName());
      }
      if (value.length() > limits.labelLength().ofValue()) {
        return "has a value of %d characters in label \"%s\"; the limit is %d"
            .formatted(value.length(), name, limits.labelLength().ofValue());
      }
      if (hasHalfCharacter(name) || hasHalfCharacter(value)) {
        return "has text in label \"" + name + "\" that is not Unicode";
      }
    }
    return null;
  }

  /// Half of a surrogate pair cannot be written as UTF-8.
  private static boolean hasHalfCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean paired =
            Character.isHighSurrogate(unit)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
