package dev.sightline.predictions;

import dev.sightline.model.meter.Counter;
import dev.sightline.predictions.part.Damage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs and counts each damage of a file once, however often it is met.
final class DamageReports implements Damage {
  private static final Logger LOG = LoggerFactory.getLogger(DamageReports.class);
  private static final int LIMIT = 10_000;

  private final Counter damages;

  // guarded by this
  private final Set<String> told = new HashSet<>();

  DamageReports(Counter damages) {
    this.damages = damages;
  }

  @Override
  public synchronized void found(Path file, String what) {
    String sentence = file + ": " + what;
    if (told.size() < LIMIT && told.add(sentence)) {
      damages.increment();
      LOG.error("cannot read of {}", sentence);
    }
  }
}
