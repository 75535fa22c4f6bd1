package dev.sightline.server.cli;

import dev.sightline.quality.inputs.Together;
import dev.sightline.quality.offline.DriftOptions;
import dev.sightline.quality.offline.DriftReport;
import dev.sightline.quality.offline.FeatureDrift;
import dev.sightline.quality.offline.OfflineHtml;
import dev.sightline.quality.offline.OfflineJson;
import dev.sightline.quality.offline.TableDrift;
import dev.sightline.quality.offline.TableFiles;
import dev.sightline.stats.drift.DatasetDrift;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.MethodChoice;
import dev.sightline.stats.drift.Thresholds;
import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.Table;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sightline drift REFERENCE CURRENT`: what changed between two files.
@Command(
    name = "drift",
    description = "Says which columns of a file have drifted from those of another.",
    mixinStandardHelpOptions = true)
final class DriftCommand implements Callable<Integer> {
  /// Unlike 1, which says that something was wrong with the call or the files.
  static final int DRIFTED = 3;

  @Parameters(index = "0", paramLabel = "REFERENCE", description = "A CSV or Parquet file.")
  private Path reference = Path.of("");

  @Parameters(index = "1", paramLabel = "CURRENT", description = "A CSV or Parquet file.")
  private Path current = Path.of("");

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "Writes a page with histograms.")
  private @Nullable Path html;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Whose choice of methods: evidently (default) or nannyml.")
  private String preset = "evidently";

  @Option(names = "--method", paramLabel = "NAME", description = "One method for every column.")
  private @Nullable String method;

  @Option(
      names = "--threshold",
      paramLabel = "NUMBER",
      description = "The limit of --method, instead of its usual one.")
  private @Nullable Double threshold;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description = "Compares these columns alone.")
  private List<String> columns = List.of();

  @Option(
      names = "--reference-column",
      paramLabel = "REFERENCE=CURRENT",
      description = "A column that has another name in the reference.")
  private Map<String, String> renamed = new HashMap<>();

  @Option(
      names = "--share",
      paramLabel = "NUMBER",
      description = "Of drifted columns from which on the whole has drifted; 0.5 by default.")
  private double share = DatasetDrift.USUAL_LIMIT;

  @Option(
      names = "--vector",
      paramLabel = "PATTERN",
      description = "Columns that are one vector, such as 'emb_*'; may be given several times.")
  private List<String> vectors = List.of();

  @Option(
      names = "--together",
      description = "Compares all columns of numbers together, too, on a sample of rows.")
  private boolean together;

  @Option(
      names = "--fail-on-drift",
      arity = "0..1",
      fallbackValue = "whole",
      paramLabel = "whole|any",
      description = "Exits with 3 if the whole has drifted, or any column.")
  private @Nullable String failOn;

  @Mixin private final TableOptions options = new TableOptions();

  @Override
  public Integer call() {
    try (Table first = TableFiles.open(reference);
        Table second = TableFiles.open(current)) {
      boolean any = failsOnAny();
      DriftReport report =
          TableDrift.of(first, second, rules(), reference.toString(), current.toString());
      print(report);
      Path page = html;
      if (page != null) {
        Files.writeString(page, OfflineHtml.of(report));
      }
      boolean drifted = any ? report.dataset().drifted() > 0 : report.dataset().hasDrifted();
      return failOn != null && drifted ? DRIFTED : 0;
    } catch (BadTableException bad) {
      System.err.println(bad.getMessage());
      return 1;
    } catch (IOException failure) {
      System.err.println("cannot write " + html + ": " + failure.getMessage());
      return 1;
    }
  }

  private boolean failsOnAny() {
    String given = failOn;
    if (given != null && !given.equals("whole") && !given.equals("any")) {
      throw new BadTableException("--fail-on-drift is whole or any, not " + given);
    }
    return "any".equals(given);
  }

  private DriftOptions rules() {
    MethodChoice choice =
        switch (preset) {
          case "evidently" -> MethodChoice.EVIDENTLY;
          case "nannyml" -> MethodChoice.NANNYML;
          default -> throw new BadTableException("--preset is evidently or nannyml, not " + preset);
        };
    if (threshold != null && method == null) {
      throw new BadTableException("--threshold needs --method: each method has a scale of its own");
    }
    return new DriftOptions(
        choice,
        methodGiven(),
        threshold,
        Set.copyOf(columns),
        renamed,
        vectors,
        together,
        share,
        options.keep());
  }

  private @Nullable DriftMethod methodGiven() {
    String given = method;
    if (given == null) {
      return null;
    }
    for (DriftMethod each : DriftMethod.values()) {
      if (each.id().equals(given)) {
        return each;
      }
    }
    throw new BadTableException(
        "--method "
            + given
            + " is not known; there are "
            + Arrays.stream(DriftMethod.values())
                .map(DriftMethod::id)
                .collect(Collectors.joining(", ")));
  }

  private void print(DriftReport report) {
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    if (json) {
      OfflineJson.write(report, out);
      out.println();
    } else {
      report.features().forEach(feature -> print(feature, out));
      Together rows = report.together();
      if (rows != null) {
        print(rows, out);
      }
      report.onlyReference().forEach(name -> out.println(name + " is only in the reference"));
      report.onlyCurrent().forEach(name -> out.println(name + " is only in the current file"));
      report.skipped().forEach((name, why) -> out.printf("%s is left out: %s%n", name, why));
      out.printf(
          Locale.ROOT,
          "%d of %d columns have drifted: the whole has %s%n",
          report.dataset().drifted(),
          report.dataset().judged(),
          report.dataset().hasDrifted() ? "drifted" : "not");
    }
    out.flush();
  }

  private static void print(Together together, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-8s %-28s %-18s %10.4g  limit %-8.4g %s%n",
        together.hasDrifted() ? "drifted" : "stable",
        "(together)",
        "domain_classifier",
        together.auc(),
        Together.limit(),
        "told by " + together.importance().keySet().stream().limit(3).toList());
    Together.Lost lost = together.lost();
    Thresholds limits = lost == null ? null : lost.limits();
    Double upper = limits == null ? null : limits.upper();
    if (lost != null) {
      out.printf(
          Locale.ROOT,
          "%-8s %-28s %-18s %10.4g  limit %-8.4g %d components, %.4g before%n",
          lost.hasDrifted() ? "drifted" : "stable",
          "(together)",
          "pca_reconstruction",
          lost.error(),
          upper == null ? Double.NaN : upper,
          lost.components(),
          lost.reference());
    }
  }

  private static void print(FeatureDrift feature, PrintWriter out) {
    switch (feature.outcome()) {
      case DriftScore score ->
          out.printf(
              Locale.ROOT,
              "%-8s %-28s %-18s %10.4g  limit %-8.4g %s, %s%n",
              score.verdict().name().toLowerCase(Locale.ROOT),
              feature.feature(),
              score.method().id(),
              score.score(),
              score.limit().drift(),
              score.variant(),
              score.source().name().toLowerCase(Locale.ROOT));
      case DriftOutcome.NotEnough few ->
          out.printf(
              "%-8s %-28s not enough data: %d rows a side are needed%n",
              "-", feature.feature(), few.needed());
      case DriftOutcome.NotApplicable not ->
          out.printf("%-8s %-28s not compared: %s%n", "-", feature.feature(), not.why());
    }
  }
}
