package dev.sightline.demo.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SentimentModelTest {
  private static final SentimentModel MODEL = SentimentModel.train();

  @Test
  void isRightAboutMostSentencesThatItHasNotSeen() {
    assertThat(MODEL.accuracy().sentences()).isGreaterThan(100);
    assertThat(MODEL.accuracy().value()).isGreaterThan(0.80);
    assertThat(MODEL.accuracyOn(Corpus.fresh()).value()).isGreaterThan(0.80);
  }

  @Test
  void isWorseOnDriftedSentences() {
    assertThat(MODEL.accuracyOn(Corpus.drifted()).high()).isLessThan(MODEL.accuracy().value());
  }

  @Test
  void hasNeverSeenWhatItIsMeasuredOn() {
    Set<String> seen = texts(Corpus.training());
    for (List<Sentence> others : List.of(Corpus.heldOut(), Corpus.fresh(), Corpus.drifted())) {
      assertThat(texts(others)).hasSameSizeAs(others).doesNotContainAnyElementsOf(seen);
    }
  }

  @Test
  void trainingAgainGivesTheSameModel() {
    SentimentModel again = SentimentModel.train();
    for (Sentence sentence : Corpus.heldOut()) {
      assertThat(again.judge(sentence.text())).isEqualTo(MODEL.judge(sentence.text()));
    }
  }

  @Test
  void judgesOnManyThreadsAsOnOne() {
    List<Sentence> sentences = Corpus.training();
    List<Verdict> alone = sentences.stream().map(one -> MODEL.judge(one.text())).toList();
    assertThat(sentences.parallelStream().map(one -> MODEL.judge(one.text())).toList())
        .isEqualTo(alone);
  }

  @Test
  void givesProbabilitiesOfBothSentiments() {
    Verdict verdict = MODEL.judge("I love this wonderful little lamp.");
    assertThat(verdict.sentiment()).isEqualTo(Sentiment.POSITIVE);
    assertThat(verdict.confidence())
        .isEqualTo(verdict.probabilities().get(Sentiment.POSITIVE))
        .isGreaterThan(0.8);
    assertThat(verdict.probabilities().values().stream().mapToDouble(p -> p).sum())
        .isEqualTo(1, within(1e-9));
  }

  @Test
  void understandsNegation() {
    assertThat(MODEL.judge("It is good.").sentiment()).isEqualTo(Sentiment.POSITIVE);
    assertThat(MODEL.judge("It is not good.").sentiment()).isEqualTo(Sentiment.NEGATIVE);
  }

  @Test
  void hasAnOpinionOnAnything() {
    for (String odd : List.of("", " ", "!!!", "é", "数据", "a".repeat(100_000), "\u0000'")) {
      assertThat(MODEL.judge(odd).confidence()).isBetween(0.5, 1.0);
    }
  }

  private static Set<String> texts(List<Sentence> sentences) {
    Set<String> texts = new HashSet<>();
    sentences.forEach(sentence -> texts.add(sentence.text()));
    return texts;
  }
}
