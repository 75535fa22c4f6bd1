package dev.sightline.quality.baseline;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.learn.WordRows;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The bytes of a reference: its names, then its baseline.
///
/// Texts and counts as [ByteSink] writes them (varints, UTF-8 with its length in front), in this
/// order: version 2; model, name, when it was made; start, end, rows, duplicates; sources (name,
/// aspect, kind, parts); features (name, source, aspect, column); vocabularies; types;
/// correlations; a sample of rows (names, then words and numbers of each); CRC-32C of all before
/// it. Version 1 had neither parts nor sample. A column is a letter and what follows:
///
/// | Letter | Column | Bytes |
/// |---|---|---|
/// | `N` | all numbers | missing, count, 8 bytes each, rising |
/// | `S` | a sketch | missing, size, the sketch's own bytes |
/// | `W` | words | missing, count, then word and rows of each |
/// | `V` | vectors | missing, rows, rows of the sample, numbers of each, 4 bytes each |
/// | `T` | texts | missing, rows, words, then of each text of the sample the number of its words and their places |
final class BaselineCodec {
  private static final int VERSION = 2;
  private static final int CHECKSUM_BYTES = 4;

  /// More numbers of one feature are kept as a sketch.
  private static final int MOST_NUMBERS = 100_000;

  private BaselineCodec() {}

  static byte[] encode(Reference reference) {
    Baseline baseline = reference.baseline();
    ByteSink to = new ByteSink(1 << 16).u8(VERSION);
    to.text(reference.model()).text(reference.name()).varint(reference.madeMs());
    to.varint(baseline.startMs()).varint(baseline.endMs());
    to.uvarint(baseline.rows()).uvarint(baseline.duplicates());
    to.uvarint(baseline.sources().size());
    for (Source source : baseline.sources()) {
      to.text(source.name()).text(source.aspect().name()).text(source.kind().name());
      texts(to, source.parts());
    }
    to.uvarint(baseline.features().size());
    for (Baseline.Feature feature : baseline.features().values()) {
      to.text(feature.name()).text(feature.source()).text(feature.aspect().name());
      column(to, feature.column());
    }
    to.uvarint(baseline.vocabularies().size());
    baseline.vocabularies().forEach((name, vocabulary) -> texts(to.text(name), vocabulary.words()));
    to.uvarint(baseline.types().size());
    baseline.types().forEach((name, types) -> texts(to.text(name), types));
    texts(to, baseline.correlations().names());
    for (double value : baseline.correlations().values()) {
      to.f64(value);
    }
    sample(to, baseline.sample());
    return to.checksum(0).toArray();
  }

  private static void sample(ByteSink to, RowSample sample) {
    texts(to, sample.names());
    to.uvarint(sample.rows());
    for (int feature = 0; feature < sample.names().size(); feature++) {
      texts(to, sample.words().get(feature));
      for (double value : sample.values()[feature]) {
        to.f64(value);
      }
    }
  }

  private static void texts(ByteSink to, Iterable<String> texts) {
    List<String> all = new ArrayList<>();
    texts.forEach(all::add);
    to.uvarint(all.size());
    all.forEach(to::text);
  }

  private static void column(ByteSink to, FeatureColumn column) {
    switch (column) {
      case FeatureColumn.Numbers(SortedColumn values, long missing)
          when values.n() > MOST_NUMBERS -> {
        NumberSketch sketch = new NumberSketch(NumberSketch.DAY);
        for (double value : values.toArray()) {
          sketch.add(value);
        }
        column(to, new FeatureColumn.Sketched(sketch, missing));
      }
      case FeatureColumn.Numbers(SortedColumn values, long missing) -> {
        to.u8('N').uvarint(missing).uvarint(values.n());
        for (double value : values.toArray()) {
          to.f64(value);
        }
      }
      case FeatureColumn.Sketched(NumberSketch sketch, long missing) -> {
        byte[] bytes = sketch.toBytes();
        to.u8('S').uvarint(missing).uvarint(bytes.length).bytes(bytes);
      }
      case FeatureColumn.Vectors(float[][] sample, long n, long missing) -> {
        to.u8('V').uvarint(missing).uvarint(n).uvarint(sample.length);
        to.uvarint(sample.length == 0 ? 0 : sample[0].length);
        for (float[] vector : sample) {
          for (float value : vector) {
            to.u32(Integer.toUnsignedLong(Float.floatToIntBits(value)));
          }
        }
      }
      case FeatureColumn.Sentences(WordRows sample, long n, long missing) -> {
        to.u8('T').uvarint(missing).uvarint(n);
        texts(to, sample.words());
        to.uvarint(sample.n());
        for (int[] text : sample.rows()) {
          to.uvarint(text.length);
          for (int word : text) {
            to.uvarint(word);
          }
        }
      }
      case FeatureColumn.Words words -> {
        to.u8('W').uvarint(words.missing()).uvarint(words.counts().size());
        words.counts().forEach((word, count) -> to.text(word).uvarint(count));
      }
    }
  }

  /// @throws BadBytesException if these are not the bytes of a reference
  static Reference decode(byte[] bytes) {
    checkSum(bytes);
    ByteSource from = new ByteSource(bytes, 0, bytes.length - CHECKSUM_BYTES);
    int version = from.u8();
    if (version < 1 || version > VERSION) {
      throw new BadBytesException("a reference of version " + version + ", not " + VERSION);
    }
    try {
      return new Reference(from.text(), from.text(), from.varint(), baseline(from, version));
    } catch (IllegalArgumentException unknown) {
      throw new BadBytesException("no reference: " + unknown.getMessage());
    }
  }

  private static void checkSum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    int end = Math.max(0, bytes.length - CHECKSUM_BYTES);
    crc.update(bytes, 0, end);
    if (bytes.length <= CHECKSUM_BYTES
        || new ByteSource(bytes, end, CHECKSUM_BYTES).u32() != crc.getValue()) {
      throw new BadBytesException("the bytes of a reference are damaged");
    }
  }

  private static Baseline baseline(ByteSource from, int version) {
    long startMs = from.varint();
    long endMs = from.varint();
    long rows = from.uvarint();
    long duplicates = from.uvarint();
    List<Source> sources = new ArrayList<>();
    for (int left = from.length(); left > 0; left--) {
      String name = from.text();
      Aspect aspect = Aspect.valueOf(from.text());
      FeatureKind kind = FeatureKind.valueOf(from.text());
      sources.add(new Source(name, aspect, kind, version < 2 ? List.of() : list(from)));
    }
    Map<String, Baseline.Feature> features = new LinkedHashMap<>();
    for (int left = from.length(); left > 0; left--) {
      String name = from.text();
      String source = from.text();
      Aspect aspect = Aspect.valueOf(from.text());
      features.put(name, new Baseline.Feature(name, source, aspect, column(from)));
    }
    Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
    for (int left = from.length(); left > 0; left--) {
      vocabularies.put(from.text(), new Vocabulary(texts(from)));
    }
    Map<String, Set<String>> types = new LinkedHashMap<>();
    for (int left = from.length(); left > 0; left--) {
      types.put(from.text(), texts(from));
    }
    return new Baseline(
        startMs,
        endMs,
        rows,
        duplicates,
        sources,
        features,
        vocabularies,
        types,
        correlations(from),
        version < 2 ? RowSample.NONE : sample(from));
  }

  private static Correlations correlations(ByteSource from) {
    List<String> names = List.copyOf(texts(from));
    double[] values = new double[names.size() * (names.size() - 1) / 2];
    for (int pair = 0; pair < values.length; pair++) {
      values[pair] = from.f64();
    }
    return new Correlations(names, values);
  }

  private static RowSample sample(ByteSource from) {
    List<String> names = list(from);
    int rows = from.length();
    List<List<String>> words = new ArrayList<>();
    double[][] values = new double[names.size()][];
    for (int feature = 0; feature < values.length; feature++) {
      words.add(list(from));
      values[feature] = numbers(from, rows);
    }
    return new RowSample(names, words, values);
  }

  private static List<String> list(ByteSource from) {
    List<String> texts = new ArrayList<>();
    for (int left = from.length(); left > 0; left--) {
      texts.add(from.text());
    }
    return texts;
  }

  private static Set<String> texts(ByteSource from) {
    Set<String> texts = new LinkedHashSet<>();
    for (int left = from.length(); left > 0; left--) {
      texts.add(from.text());
    }
    return texts;
  }

  private static FeatureColumn column(ByteSource from) {
    int letter = from.u8();
    long missing = from.uvarint();
    if (letter == 'V' || letter == 'T') {
      long n = from.uvarint();
      return letter == 'V' ? vectors(from, n, missing) : sentences(from, n, missing);
    }
    int count = from.length();
    return switch (letter) {
      case 'N' -> new FeatureColumn.Numbers(SortedColumn.of(numbers(from, count)), missing);
      case 'S' -> new FeatureColumn.Sketched(NumberSketch.fromBytes(bytes(from, count)), missing);
      case 'W' -> new FeatureColumn.Words(counts(from, count), missing);
      default -> throw new BadBytesException("a column of kind " + letter);
    };
  }

  private static FeatureColumn vectors(ByteSource from, long n, long missing) {
    float[][] sample = new float[from.length()][];
    int size = from.length();
    for (int row = 0; row < sample.length; row++) {
      sample[row] = new float[size];
      for (int place = 0; place < size; place++) {
        sample[row][place] = Float.intBitsToFloat((int) from.u32());
      }
    }
    return new FeatureColumn.Vectors(sample, n, missing);
  }

  private static FeatureColumn sentences(ByteSource from, long n, long missing) {
    List<String> words = list(from);
    int[][] rows = new int[from.length()][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new int[from.length()];
      for (int each = 0; each < rows[row].length; each++) {
        rows[row][each] = Math.toIntExact(from.uvarint());
        if (rows[row][each] >= words.size()) {
          throw new BadBytesException("a text with a word that is not there");
        }
      }
    }
    return new FeatureColumn.Sentences(new WordRows(words, rows), n, missing);
  }

  private static double[] numbers(ByteSource from, int count) {
    double[] values = new double[count];
    for (int each = 0; each < count; each++) {
      values[each] = from.f64();
    }
    return values;
  }

  private static byte[] bytes(ByteSource from, int count) {
    byte[] bytes = new byte[count];
    for (int each = 0; each < count; each++) {
      bytes[each] = (byte) from.u8();
    }
    return bytes;
  }

  private static SortedMap<String, Long> counts(ByteSource from, int count) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (int each = 0; each < count; each++) {
      counts.put(from.text(), from.uvarint());
    }
    return counts;
  }
}
