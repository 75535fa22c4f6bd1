package dev.sightline.api.prometheus;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.series.SeriesBackfill;
import dev.sightline.model.series.SeriesKeeping;
import java.util.ArrayList;
import java.util.List;

/// A store with prepared facts, which remembers what it was told to do.
public final class FakeKeeping implements SeriesKeeping {
  private final List<String> told = new ArrayList<>();

  synchronized List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public synchronized void delete(List<Matcher> matchers, long startMs, long endMs) {
    told.add("delete " + matchers + " from " + startMs + " to " + endMs);
  }

  @Override
  public synchronized void cleanDeleted() {
    told.add("clean");
  }

  @Override
  public synchronized String snapshot(boolean withHead) {
    told.add("snapshot " + (withHead ? "with" : "without") + " head");
    return "20231114T221320Z-00000000000000ff";
  }

  @Override
  public SeriesBackfill backfill() {
    return new SeriesBackfill() {
      private long stored;
      private long refused;

      @Override
      public void add(Labels labels, long timestampMs, double value) {
        if (timestampMs < 0) {
          refused++;
        } else {
          stored++;
          told("backfill " + labels + " " + timestampMs + " " + value);
        }
      }

      @Override
      public Outcome finish() {
        told("finish");
        return new Outcome(stored, refused, refused == 0 ? "" : "older than the retention");
      }

      @Override
      public void close() {
        told("close");
      }
    };
  }

  private synchronized void told(String what) {
    told.add(what);
  }

  @Override
  public HeadFacts head(int limit) {
    List<Amount> amounts = List.of(new Amount("m", 2), new Amount("up", 1));
    List<Amount> shown = amounts.subList(0, Math.min(limit, 2));
    return new HeadFacts(3, 7, 9, 1_000, 2_000, shown, shown, shown, shown);
  }

  @Override
  public List<BlockFacts> blocks() {
    return List.of(
        new BlockFacts(
            "01HF87XT70MMDZ1PM4S8DSD8HE",
            0,
            7_200_000,
            new BlockAmounts(2_400, 20, 20, 1, 5_652),
            2,
            List.of("01A", "01B"),
            List.of(new BlockParent("01A", 0, 3_600_000))));
  }

  @Override
  public LogReplay logReplay() {
    return new LogReplay(2, 5, 5, "done");
  }
}
