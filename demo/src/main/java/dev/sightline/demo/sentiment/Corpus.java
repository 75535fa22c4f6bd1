package dev.sightline.demo.sentiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// The sentences that come with the demo, written for it.
///
/// Their files hold a `# topic` line before the sentences of a topic, and a `+` or `-` before each
/// sentence. A sentence of the corpus is held out if the CRC-32 of its text is a multiple of
/// [#HELD_OUT_ONE_IN]: a rule that looks at the text alone, so that nothing moves when a line does.
public final class Corpus {
  private static final int HELD_OUT_ONE_IN = 5;

  private Corpus() {}

  /// What the model learns from.
  public static List<Sentence> training() {
    return read("corpus.txt").stream().filter(sentence -> !isHeldOut(sentence)).toList();
  }

  /// What its accuracy is measured on.
  public static List<Sentence> heldOut() {
    return read("corpus.txt").stream().filter(Corpus::isHeldOut).toList();
  }

  /// More sentences like those of the corpus, in neither of its parts.
  public static List<Sentence> fresh() {
    return read("fresh.txt");
  }

  /// Sentences unlike the corpus: other topics, lengths, slang and languages.
  public static List<Sentence> drifted() {
    return read("drift.txt");
  }

  static boolean isHeldOut(Sentence sentence) {
    CRC32 checksum = new CRC32();
    checksum.update(sentence.text().getBytes(StandardCharsets.UTF_8));
    return checksum.getValue() % HELD_OUT_ONE_IN == 0;
  }

  private static List<Sentence> read(String file) {
    List<Sentence> sentences = new ArrayList<>();
    String topic = "";
    for (String line : lines(file)) {
      if (line.startsWith("# ")) {
        topic = line.substring(2);
      } else {
        sentences.add(new Sentence(topic, Sentiment.ofMark(line.charAt(0)), line.substring(2)));
      }
    }
    return List.copyOf(sentences);
  }

  /// The lines of a resource beside this class that are not blank.
  static List<String> lines(String file) {
    try (InputStream in = Corpus.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("BUG: " + file + " is missing from the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
