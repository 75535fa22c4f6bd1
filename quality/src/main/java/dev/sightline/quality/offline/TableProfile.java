package dev.sightline.quality.offline;

import dev.sightline.wire.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/// What a file holds, column by column.
///
/// @param skipped columns that are neither numbers nor texts, with why
public record TableProfile(
    String name, long rows, List<FeatureProfile> features, Map<String, String> skipped) {
  public TableProfile {
    features = List.copyOf(features);
    skipped = Map.copyOf(skipped);
  }

  public static TableProfile of(String name, Table table, KeepRows keep) {
    int columns = table.columns().size();
    int[] all = IntStream.range(0, columns).toArray();
    List<FeatureProfile> features = new ArrayList<>();
    long rows;
    if (table.isColumnar()) {
      rows = table.read(new int[0], _ -> new KeptSink(keep, 1));
      List<Callable<FeatureProfile>> work = new ArrayList<>();
      for (int column : all) {
        work.add(() -> alone(table, column, keep));
      }
      features.addAll(Lanes.all(work));
    } else {
      KeptTable kept = KeptTable.read(table, all, keep, columns);
      rows = kept.rows();
      for (int column : all) {
        features.add(FeatureProfile.of(table.columns().get(column), kept.columns().get(column)));
      }
    }
    return new TableProfile(name, rows, features, table.skipped());
  }

  private static FeatureProfile alone(Table table, int column, KeepRows keep) {
    KeptTable kept = KeptTable.read(table, new int[] {column}, keep, Lanes.COUNT);
    return FeatureProfile.of(table.columns().get(column), kept.columns().getFirst());
  }
}
