package dev.sightline.collect.scrape;

import dev.sightline.collect.scrape.TargetReader.Body;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.wire.exposition.ExpositionCursor;
import dev.sightline.wire.exposition.ExpositionCursor.Entry;
import dev.sightline.wire.exposition.ExpositionException;
import dev.sightline.wire.exposition.ExpositionFormat;
import dev.sightline.wire.exposition.SeriesLine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One scrape's text on its way into a batch, and what was counted on the way.
final class ScrapedText {
  private final ScrapeJob job;
  private final SampleLabels labels;
  private final SeriesCache cache;
  private final SampleBatch batch;
  private final long scrapeMs;
  private final Map<String, FamilyMetadata> metadata = new LinkedHashMap<>();
  private int samples;
  private int kept;
  private int fresh;
  private int duplicates;

  /// @param scrapeMs when the scrape began: the time of samples that have none of their own
  ScrapedText(
      ScrapeJob job, SampleLabels labels, SeriesCache cache, SampleBatch batch, long scrapeMs) {
    this.job = job;
    this.labels = labels;
    this.cache = cache;
    this.batch = batch;
    this.scrapeMs = scrapeMs;
  }

  /// Adds all samples of the text to the batch.
  ///
  /// @throws ScrapeException if the text or anything in it is refused; the batch is then unfinished
  void read(Body body) {
    ExpositionFormat declared = ExpositionFormat.declaredBy(body.contentType());
    ExpositionFormat format = declared == null ? job.reading().fallback() : declared;
    try {
      ExpositionCursor cursor = new ExpositionCursor(body.bytes(), body.length(), format);
      for (Entry entry = cursor.next(); entry != Entry.END; entry = cursor.next()) {
        if (entry == Entry.SAMPLE) {
          sample(cursor.sample(), body.bytes());
        } else {
          describe(cursor, entry);
        }
      }
    } catch (ExpositionException bad) {
      throw new ScrapeException("line " + bad.getMessage() + undeclared(body, declared, format));
    }
    long limit = job.limits().samples();
    if (limit > 0 && kept > limit) {
      throw new ScrapeException(
          kept + " samples after relabelling, the limit is " + limit + " (sample_limit)");
    }
  }

  private static String undeclared(
      Body body, @Nullable ExpositionFormat declared, ExpositionFormat format) {
    return declared != null
        ? ""
        : " (read as %s, because its Content-Type is %s)"
            .formatted(
                format.protocol(),
                body.contentType() == null ? "missing" : '"' + body.contentType() + '"');
  }

  private void sample(SeriesLine line, byte[] bytes) {
    samples++;
    SeriesCache.Entry entry = cache.find(bytes, line.seriesStart(), line.seriesEnd());
    boolean isNew = entry == null;
    if (entry == null) {
      Labels stored = labels.stored(line.labels());
      entry = cache.add(bytes, line.seriesStart(), line.seriesEnd(), stored);
    }
    boolean first = cache.markSeen(entry);
    Labels stored = entry.labels();
    if (stored == null) {
      return;
    }
    kept++;
    fresh += isNew ? 1 : 0;
    boolean timed = line.hasTimestamp() && job.reading().honorTimestamps();
    if (!first && !timed) {
      duplicates++;
      return;
    }
    if (!timed || job.reading().trackTimestamps()) {
      cache.track(entry);
    }
    if (job.limits().samples() == 0 || kept <= job.limits().samples()) {
      batch.add(stored, timed ? line.timestampMs() : scrapeMs, line.value());
    }
  }

  private void describe(ExpositionCursor cursor, Entry entry) {
    String name = cursor.familyName();
    FamilyMetadata before = metadata.getOrDefault(name, FamilyMetadata.NONE);
    metadata.put(
        name,
        switch (entry) {
          case TYPE -> new FamilyMetadata(cursor.type().word(), before.help(), before.unit());
          case HELP -> new FamilyMetadata(before.type(), cursor.text(), before.unit());
          case UNIT -> new FamilyMetadata(before.type(), before.help(), cursor.text());
          case SAMPLE, END -> before;
        });
  }

  /// How many samples the text held.
  int samples() {
    return samples;
  }

  /// How many of them relabelling left.
  int kept() {
    return kept;
  }

  /// How many series were not in the scrape before.
  int fresh() {
    return fresh;
  }

  /// How many samples repeated a series of this text.
  int duplicates() {
    return duplicates;
  }

  Map<String, FamilyMetadata> metadata() {
    return metadata;
  }
}
