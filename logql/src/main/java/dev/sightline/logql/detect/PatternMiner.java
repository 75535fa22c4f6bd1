package dev.sightline.logql.detect;

import dev.sightline.model.query.LinePattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Learns the patterns that lines follow, while they pass, and counts the lines of each by time.
/// Owned by one thread.
///
/// As in Drain (He, Zhu, Zheng, Lyu: "Drain: An Online Log Parsing Approach with Fixed Depth Tree",
/// ICWS 2017): a line is compared with the patterns of as many words only; it joins the one that it
/// shares most words with, if these are enough, and what differs becomes a hole. In place of the
/// tree by first words stands the line's frame, which is all that is between its words: log lines
/// name their fields, and a field may come first.
public final class PatternMiner {
  /// The share of words that a line and its pattern have in common at least. Words with digits in
  /// them are holes on both sides.
  private static final double LEAST_SHARED = 0.5;

  private static final int MOST_CHARS = 3_000;

  private final int mostPatterns;
  private final long startNs;
  private final long stepNs;
  private final Words words = new Words();
  private final Map<Frame, List<Cluster>> clusters = new HashMap<>();
  private int size;
  private long left;

  /// @param mostPatterns lines that follow none of so many count as left out
  /// @param startNs from when on lines are counted
  /// @param stepNs the width of a count
  public PatternMiner(int mostPatterns, long startNs, long stepNs) {
    this.mostPatterns = mostPatterns;
    this.startNs = startNs;
    this.stepNs = stepNs;
  }

  /// What patterns are told apart by before any word is looked at.
  private record Frame(String level, String between) {}

  private static final class Cluster {
    private final String[] words;
    private final Map<Long, long[]> counts = new HashMap<>();

    private Cluster(String[] words) {
      this.words = words;
    }

    /// @return from 0 to 1
    private double shared(String[] line) {
      int same = 0;
      for (int i = 0; i < words.length; i++) {
        same += words[i].equals(line[i]) ? 1 : 0;
      }
      return words.length == 0 ? 1 : (double) same / words.length;
    }

    private void join(String[] line) {
      for (int i = 0; i < words.length; i++) {
        words[i] = words[i].equals(line[i]) ? words[i] : Words.HOLE;
      }
    }
  }

  /// @param level of the line; empty where none is known
  /// @return whether the line counts; not so if it is too long, or like none of too many patterns
  public boolean add(long timeNs, String level, String line) {
    if (line.length() > MOST_CHARS) {
      left++;
      return false;
    }
    words.split(line);
    String[] found = words.words();
    List<Cluster> alike =
        clusters.computeIfAbsent(new Frame(level, words.between()), _ -> new ArrayList<>(1));
    Cluster cluster = nearest(alike, found);
    if (cluster == null) {
      if (size >= mostPatterns) {
        left++;
        return false;
      }
      size++;
      cluster = new Cluster(found);
      alike.add(cluster);
    }
    cluster.join(found);
    cluster.counts.computeIfAbsent((timeNs - startNs) / stepNs, _ -> new long[1])[0]++;
    return true;
  }

  private static @Nullable Cluster nearest(List<Cluster> alike, String[] line) {
    Cluster nearest = null;
    double most = LEAST_SHARED;
    for (Cluster cluster : alike) {
      double shared = cluster.shared(line);
      if (shared >= most) {
        most = shared;
        nearest = cluster;
      }
    }
    return nearest;
  }

  /// How many lines follow no pattern.
  public long left() {
    return left;
  }

  /// The patterns, those of most lines first.
  public List<LinePattern> patterns() {
    // What became equal as holes came counts together.
    Map<List<String>, Map<Long, Long>> counts = new HashMap<>();
    clusters.forEach(
        (frame, alike) ->
            alike.forEach(
                cluster -> {
                  List<String> name =
                      List.of(frame.level, Words.join(cluster.words, frame.between));
                  Map<Long, Long> sum = counts.computeIfAbsent(name, _ -> new HashMap<>());
                  cluster.counts.forEach((step, count) -> sum.merge(step, count[0], Long::sum));
                }));
    List<LinePattern> patterns = new ArrayList<>();
    counts.forEach(
        (name, sums) -> patterns.add(new LinePattern(name.get(1), name.get(0), rising(sums))));
    patterns.sort(
        Comparator.comparingLong(LinePattern::lines)
            .reversed()
            .thenComparing(LinePattern::pattern)
            .thenComparing(LinePattern::level));
    return patterns;
  }

  private List<LinePattern.Count> rising(Map<Long, Long> sums) {
    return sums.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(step -> new LinePattern.Count(startNs + step.getKey() * stepNs, step.getValue()))
        .toList();
  }
}
