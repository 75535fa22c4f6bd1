package dev.sightline.script;

import dev.sightline.model.query.Answer;
import dev.sightline.model.series.SampleColumns;
import java.util.ArrayList;
import java.util.List;

/// One step of the answer to a range query.
final class Middle {
  private Middle() {}

  static Answer of(Answer range, long timeMs) {
    if (!(range.result() instanceof Answer.Matrix(List<Answer.Series> series))) {
      throw new IllegalArgumentException("a range query has no matrix: " + range.result());
    }
    List<Answer.Series> middle = new ArrayList<>();
    for (Answer.Series one : series) {
      for (int i = 0; i < one.samples().size(); i++) {
        if (one.samples().timestampMs(i) == timeMs) {
          SampleColumns single = new SampleColumns(1);
          single.addFrom(one.samples(), i);
          middle.add(new Answer.Series(one.labels(), single));
        }
      }
    }
    return new Answer(new Answer.Matrix(middle), List.of(), List.of());
  }
}
