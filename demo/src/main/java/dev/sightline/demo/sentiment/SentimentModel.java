package dev.sightline.demo.sentiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opennlp.tools.ml.TrainerFactory;
import opennlp.tools.ml.model.Event;
import opennlp.tools.ml.model.MaxentModel;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/// A maximum-entropy classifier that tells praise from blame in English sentences.
///
/// Training takes about a second in a cold JVM, and always ends in the same model. Safe for any
/// number of threads.
public final class SentimentModel {
  /*
   * Chosen by eight-fold cross-validation on the training part alone, see decision 0070: plain
   * words and pairs reach 67 %, the counts of the lexicon lift that to 90 %, and among the
   * trainers of OpenNLP quasi-Newton with this penalty has the least log loss.
   */
  private static final double L2_COST = 1.0;
  private static final int ITERATIONS = 60;

  private final SentenceFeatures features;
  private final MaxentModel classifier;
  private final HeldOutAccuracy accuracy;

  private SentimentModel(
      SentenceFeatures features, MaxentModel classifier, List<Sentence> heldOut) {
    this.features = features;
    this.classifier = classifier;
    this.accuracy = accuracyOn(heldOut);
  }

  /// Learns from the demo's own corpus, and measures itself on what was held out of it.
  public static SentimentModel train() {
    SentenceFeatures features = new SentenceFeatures(new Lexicon(Corpus.lines("lexicon.txt")));
    List<Event> events = new ArrayList<>();
    for (Sentence sentence : Corpus.training()) {
      events.add(new Event(sentence.sentiment().label(), features.of(sentence.text())));
    }
    TrainingParameters parameters = new TrainingParameters();
    parameters.put(TrainingParameters.ALGORITHM_PARAM, "MAXENT_QN");
    parameters.put(TrainingParameters.ITERATIONS_PARAM, ITERATIONS);
    parameters.put(TrainingParameters.CUTOFF_PARAM, 0);
    // In memory; the other indexer goes through a temporary file.
    parameters.put("DataIndexer", "OnePass");
    parameters.put("L1Cost", 0.0);
    parameters.put("L2Cost", L2_COST);
    parameters.put("PrintMessages", false);
    try {
      MaxentModel classifier =
          TrainerFactory.getEventTrainer(parameters, new HashMap<>())
              .train(ObjectStreamUtils.createObjectStream(events));
      return new SentimentModel(features, classifier, Corpus.heldOut());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public Verdict judge(String sentence) {
    double[] shares = classifier.eval(features.of(sentence));
    double positive = shares[classifier.getIndex(Sentiment.POSITIVE.label())];
    double negative = shares[classifier.getIndex(Sentiment.NEGATIVE.label())];
    return new Verdict(
        positive >= negative ? Sentiment.POSITIVE : Sentiment.NEGATIVE,
        Math.max(positive, negative),
        Map.of(Sentiment.POSITIVE, positive, Sentiment.NEGATIVE, negative));
  }

  /// How often the model is right about sentences that it has not seen.
  public HeldOutAccuracy accuracy() {
    return accuracy;
  }

  /// The same measure on other sentences.
  ///
  /// @param sentences at least one
  public HeldOutAccuracy accuracyOn(List<Sentence> sentences) {
    int right = 0;
    for (Sentence sentence : sentences) {
      if (judge(sentence.text()).sentiment() == sentence.sentiment()) {
        right++;
      }
    }
    return HeldOutAccuracy.of(right, sentences.size());
  }
}
