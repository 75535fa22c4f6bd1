package dev.sightline.server.cli;

import dev.sightline.quality.offline.FeatureProfile;
import dev.sightline.quality.offline.OfflineJson;
import dev.sightline.quality.offline.TableFiles;
import dev.sightline.quality.offline.TableProfile;
import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.Table;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sightline profile FILE`: what each column of a file holds.
@Command(
    name = "profile",
    description = "Says what each column of a CSV or Parquet file holds.",
    mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A CSV or Parquet file.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Mixin private final TableOptions options = new TableOptions();

  @Override
  public Integer call() {
    try (Table table = TableFiles.open(file)) {
      TableProfile profile = TableProfile.of(file.toString(), table, options.keep());
      PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
      if (json) {
        OfflineJson.write(profile, out);
        out.println();
      } else {
        print(profile, out);
      }
      out.flush();
      return 0;
    } catch (BadTableException bad) {
      System.err.println(bad.getMessage());
      return 1;
    }
  }

  private static void print(TableProfile profile, PrintWriter out) {
    out.printf(Locale.ROOT, "%s: %,d rows%n", profile.name(), profile.rows());
    out.printf(
        Locale.ROOT,
        "%-28s %-8s %-6s %12s %10s %12s  %s%n",
        "column",
        "type",
        "source",
        "values",
        "missing",
        "distinct",
        "values");
    for (FeatureProfile feature : profile.features()) {
      out.printf(
          Locale.ROOT,
          "%-28s %-8s %-6s %,12d %,10d %,12d  %s%n",
          feature.feature(),
          feature.type(),
          feature.source(),
          feature.n(),
          feature.missing(),
          feature.distinct(),
          shape(feature));
    }
    profile.skipped().forEach((name, why) -> out.printf("%s is left out: %s%n", name, why));
  }

  private static String shape(FeatureProfile feature) {
    if (feature.numbers().isEmpty()) {
      StringBuilder texts = new StringBuilder();
      feature.frequent().entrySet().stream()
          .limit(4)
          .forEach(
              entry ->
                  texts.append(entry.getKey()).append(" × ").append(entry.getValue()).append("  "));
      return texts.toString();
    }
    return String.format(
        Locale.ROOT,
        "mean %.4g  std %.4g  min %.4g  median %.4g  max %.4g",
        feature.numbers().get("mean"),
        feature.numbers().get("std"),
        feature.numbers().get("min"),
        feature.numbers().get("0.5"),
        feature.numbers().get("max"));
  }
}
