package dev.sightline.api.loki;

import dev.sightline.api.http.Call;
import dev.sightline.api.http.Reply;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.LogAnswer;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.wire.parquet.LabelledRows;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/// Answers log queries as a Parquet file, to those who ask for one.
final class ParquetAnswer {
  static final String TYPE = "application/vnd.apache.parquet";

  private static final long NS_PER_MS = 1_000_000;

  private ParquetAnswer() {}

  static boolean isAskedFor(Call call) {
    String accept = call.header("Accept");
    return accept != null && accept.toLowerCase(Locale.ROOT).contains(TYPE);
  }

  static Reply of(LogAnswer answer) {
    return Reply.of(200, TYPE, out -> write(answer, out));
  }

  private static void write(LogAnswer answer, OutputStream out) throws IOException {
    switch (answer.result()) {
      case LogAnswer.Lines lines -> {
        LabelledRows rows = LabelledRows.ofLines(out);
        for (LogAnswer.Entry entry : lines.entries()) {
          rows.add(entry.timestampNs(), entry.labels(), entry.line());
        }
        rows.finish();
      }
      case LogAnswer.Values values -> {
        LabelledRows rows = LabelledRows.ofValues(out);
        write(values.result(), rows);
        rows.finish();
      }
    }
  }

  private static void write(Answer.Result result, LabelledRows rows) throws IOException {
    switch (result) {
      case Answer.Matrix matrix -> {
        for (Answer.Series series : matrix.series()) {
          SampleColumns samples = series.samples();
          for (int i = 0; i < samples.size(); i++) {
            rows.add(samples.timestampMs(i) * NS_PER_MS, series.labels(), samples.value(i));
          }
        }
      }
      case Answer.Vector vector -> {
        for (Answer.Point point : vector.points()) {
          rows.add(point.timestampMs() * NS_PER_MS, point.labels(), point.value());
        }
      }
      case Answer.Scalar scalar ->
          rows.add(
              scalar.timestampMs() * NS_PER_MS,
              dev.sightline.model.label.Labels.EMPTY,
              scalar.value());
      case Answer.Text _ -> throw new IllegalStateException("BUG: a log query yields no text");
    }
  }
}
