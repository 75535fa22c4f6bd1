package dev.sightline.demo.traffic;

import dev.sightline.demo.sentiment.Corpus;
import dev.sightline.demo.sentiment.Sentence;
import dev.sightline.demo.sentiment.Sentiment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The calls of one run, in their order; the same options give the same calls.
///
/// No sentence is one that the model was trained on, so that its accuracy in the traffic is honest.
/// Drifted traffic takes most sentences from [Corpus#drifted] and comes through other channels.
/// Owned by one thread.
final class TrafficPlan {
  private static final List<String> CHANNELS = List.of("web", "app", "mail", "social");
  private static final int[] USUAL_CHANNEL_PERCENT = {50, 30, 15, 5};
  private static final int[] DRIFTED_CHANNEL_PERCENT = {15, 15, 5, 65};
  private static final int DRIFTED_PERCENT = 80;
  private static final int TWO_SENTENCES_PERCENT = 30;

  private final TrafficOptions options;
  private final SplittableRandom random;
  private final Share failing;
  private final Share labelled;
  private final List<Sentence> usual = new ArrayList<>();
  private final List<Sentence> drifted = Corpus.drifted();
  private final Map<Sentiment, List<Sentence>> bySentiment;

  TrafficPlan(TrafficOptions options) {
    this.options = options;
    this.random = new SplittableRandom(options.seed());
    this.failing = new Share(options.failingPercent(), random);
    this.labelled = new Share(options.labelledPercent(), random);
    usual.addAll(Corpus.heldOut());
    usual.addAll(Corpus.fresh());
    this.bySentiment =
        usual.stream()
            .collect(
                Collectors.groupingBy(
                    Sentence::sentiment,
                    () -> new EnumMap<>(Sentiment.class),
                    Collectors.toList()));
  }

  PlannedCall next() {
    String channel = channel();
    if (failing.next()) {
      return new PlannedCall(null, channel, null, null);
    }
    boolean strange = options.drift() && happens(DRIFTED_PERCENT);
    Sentence sentence = any(strange ? drifted : usual);
    String text = sentence.text();
    if (!strange && happens(TWO_SENTENCES_PERCENT)) {
      text += " " + any(bySentiment.getOrDefault(sentence.sentiment(), usual)).text();
    }
    return new PlannedCall(text, channel, sentence.sentiment().label(), truthDelay());
  }

  private @Nullable Duration truthDelay() {
    if (!labelled.next()) {
      return null;
    }
    long longestMs = options.truthDelay().toMillis();
    return Duration.ofMillis(longestMs / 3 + random.nextLong(longestMs - longestMs / 3 + 1));
  }

  private String channel() {
    int[] percents = options.drift() ? DRIFTED_CHANNEL_PERCENT : USUAL_CHANNEL_PERCENT;
    int left = random.nextInt(100);
    int channel = 0;
    while (left >= percents[channel]) {
      left -= percents[channel++];
    }
    return CHANNELS.get(channel);
  }

  private boolean happens(int percent) {
    return random.nextInt(100) < percent;
  }

  private Sentence any(List<Sentence> sentences) {
    return sentences.get(random.nextInt(sentences.size()));
  }
}
