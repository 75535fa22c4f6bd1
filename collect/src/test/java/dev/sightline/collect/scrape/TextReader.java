package dev.sightline.collect.scrape;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A target whose answer a test sets: a text, or a failure.
final class TextReader implements TargetReader {
  String text = "";
  String error = "";
  String contentType = "text/plain";
  Runnable before = () -> {};
  int reads;
  boolean closed;

  @Override
  public Body read(Duration timeout) {
    reads++;
    before.run();
    if (!error.isEmpty()) {
      throw new ScrapeException(error);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Body(bytes, bytes.length, contentType.isEmpty() ? null : contentType);
  }

  @Override
  public void close() {
    closed = true;
  }
}
