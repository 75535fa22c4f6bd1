package dev.sightline.api.prometheus;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.http.Parameter.required;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesBackfill;
import dev.sightline.model.series.SeriesKeeping;
import dev.sightline.model.series.SeriesSource;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import dev.sightline.model.series.SeriesSource.Selection;
import dev.sightline.wire.backfill.SampleText;
import dev.sightline.wire.backfill.SampleTextException;
import dev.sightline.wire.backfill.SampleTextWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Takes samples of any age out of text, and gives all samples of series as text: OpenMetrics, CSV
/// and JSON lines.
public final class ImportApi {
  private static final String FORMATS = "openmetrics, csv or jsonlines";

  private final SeriesKeeping keeping;
  private final SeriesSource source;
  private final SelectorReader selectors;

  public ImportApi(SeriesKeeping keeping, SeriesSource source, SelectorReader selectors) {
    this.keeping = keeping;
    this.source = source;
    this.selectors = selectors;
  }

  public void addTo(Routes routes) {
    Parameter format =
        optional("format", Parameter.Type.STRING, FORMATS + "; else what Content-Type says");
    routes.add(
        new Route(
            "POST",
            PathTemplate.of("/api/v1/import"),
            Permission.WRITE,
            "Stores samples of any age from a text with times",
            List.of(format),
            this::take));
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/api/v1/export"),
            Permission.QUERY,
            "All samples of series as text",
            List.of(
                required("match[]", Parameter.Type.LIST, "One selector of the series"),
                optional("start", Parameter.Type.STRING, "RFC 3339 or seconds, included"),
                optional("end", Parameter.Type.STRING, "RFC 3339 or seconds, included"),
                optional("format", Parameter.Type.STRING, FORMATS + "; jsonlines unless said")),
            this::give));
  }

  private static SampleText format(Call call, SampleText otherwise) {
    String name = call.queryParameter("format");
    SampleText format = name == null ? otherwise : SampleText.named(name);
    if (format == null) {
      throw Parameters.invalid("format", "format must be " + FORMATS + ", not \"" + name + '"');
    }
    return format;
  }

  private Reply take(Call call) {
    SampleText declared = SampleText.ofMediaType(call.mediaType());
    if (declared == null && call.queryParameter("format") == null) {
      throw new ApiException(
          new ApiError(
              415,
              "bad_data",
              "format must say what the body is, or Content-Type: application/openmetrics-text,"
                  + " text/csv or application/x-ndjson"));
    }
    SampleText format = format(call, declared == null ? SampleText.JSON_LINES : declared);
    try (SeriesBackfill backfill = keeping.backfill()) {
      String fault = null;
      try {
        format.read(call.stream(), backfill::add);
      } catch (SampleTextException bad) {
        fault = bad.getMessage();
      }
      SeriesBackfill.Outcome outcome = backfill.finish();
      if (fault != null) {
        throw new ApiException(
            ApiError.badData(fault + "; " + outcome.stored() + " samples before it are stored"));
      }
      return Envelope.success(
          json -> {
            json.beginObject().name("stored").value(outcome.stored());
            json.name("refused").value(outcome.refused());
            if (!outcome.firstProblem().isEmpty()) {
              json.name("firstProblem").value(outcome.firstProblem());
            }
            json.endObject();
          });
    }
  }

  private Reply give(Call call) {
    List<String> texts = call.parameters("match[]");
    if (texts.size() != 1) {
      throw new ApiException(ApiError.badData("export takes one match[] parameter"));
    }
    List<Matcher> matchers = selector(texts.getFirst());
    long startMs = Parameters.timeMs(call, "start", Parameters.EARLIEST_MS);
    long endMs = Parameters.timeMs(call, "end", Parameters.LATEST_MS);
    SampleText format = format(call, SampleText.JSON_LINES);
    return Reply.of(200, format.contentType(), out -> write(format, matchers, startMs, endMs, out));
  }

  private void write(
      SampleText format, List<Matcher> matchers, long startMs, long endMs, OutputStream out)
      throws IOException {
    try (Selection selection = source.select(matchers, startMs, endMs)) {
      SampleTextWriter writer =
          SampleTextWriter.of(
              format, selection.series().stream().map(SelectedSeries::labels).toList(), out);
      SampleColumns columns = new SampleColumns();
      for (SelectedSeries series : selection.series()) {
        columns.clear();
        series.read(columns);
        writer.series(series.labels(), columns);
      }
      writer.finish();
    }
  }

  private List<Matcher> selector(String text) {
    try {
      return selectors.read(text);
    } catch (QueryException.BadQuery bad) {
      throw Parameters.invalid("match[]", String.valueOf(bad.getMessage()));
    }
  }
}
