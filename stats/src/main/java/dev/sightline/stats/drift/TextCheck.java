package dev.sightline.stats.drift;

import dev.sightline.stats.drift.DriftScore.Source;
import dev.sightline.stats.learn.TermWeights;
import dev.sightline.stats.learn.WordRows;
import dev.sightline.stats.probability.Tails;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Judges the texts of two windows by their words.
public final class TextCheck {
  /*
   * Evidently's method: a linear classifier over the weights of words learns to tell the windows apart,
   * and the area under its curve, of texts that it has not seen, is the score. Three things differ. Its
   * classifier is fitted to the lowest point of a convex loss, not by a few random steps, so that the
   * answer does not depend on a seed. Words that more than half of the texts have are kept, because a
   * word that all of the current texts have tells more than any other. And no list of English words is
   * left out.
   */
  private static final double TRUST = 10;

  private TextCheck() {}

  /// @param nReference texts of the reference, of which these are a sample
  /// @return null where there are too few texts to learn from
  public static @Nullable Apart of(
      WordRows reference, long nReference, WordRows current, long nCurrent, DriftRule rule) {
    if (Math.min(reference.n(), current.n()) < Separation.FEWEST
        || Math.min(nReference, nCurrent) < rule.minimumN()) {
      return null;
    }
    TermWeights terms = TermWeights.of(reference, current);
    Separation found = Separation.of(terms.rows(), reference.n(), TRUST, Apart.SEED);
    Limit limit = limit(rule, reference.n(), current.n());
    DriftScore score =
        new DriftScore(
            rule.method(),
            "logistic regression over " + terms.words().size() + " words, 5 folds",
            0,
            nReference,
            nCurrent,
            found.auc(),
            found.pValue(),
            found.effect(),
            "twice the area above 0.5",
            limit,
            limit.verdict(found.auc()),
            reference.n() < nReference || current.n() < nCurrent ? Source.SAMPLE : Source.EXACT);
    return new Apart(score, found, telling(terms, found));
  }

  /// The area below which so many areas of guesses lie; or the limit itself.
  private static Limit limit(DriftRule rule, int n, int m) {
    Limit given = rule.limit();
    if (rule.method() != DriftMethod.TEXT_CONTENT_CHANCE) {
      return given;
    }
    double share = Math.clamp(given.drift(), 0.5, 1 - 1e-12);
    double reach = Tails.normalQuantile(share) * Separation.chanceDeviation(n, m);
    return new Limit(Math.min(1, 0.5 + reach), given.side());
  }

  private static List<Telling> telling(TermWeights terms, Separation found) {
    double n = found.reference().length;
    double m = found.current().length;
    return IntStream.range(0, terms.words().size())
        .mapToObj(
            word ->
                new Telling(
                    terms.words().get(word),
                    found.whole().weight(word),
                    terms.inReference()[word] / n,
                    terms.inCurrent()[word] / m))
        .sorted(Comparator.comparingDouble(TextCheck::told).reversed().thenComparing(Telling::name))
        .limit(Apart.MOST_TELLING)
        .toList();
  }

  /// A word of large weight that hardly any text has tells little.
  private static double told(Telling word) {
    return Math.abs(word.weight() * (word.current() - word.reference()));
  }
}
