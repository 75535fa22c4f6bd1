package dev.sightline.quality.watch;

import dev.sightline.quality.window.Window;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.wire.yaml.ConfigException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is kept of monitors on disk: `KEY.monitor` with the definition as it was sent,
/// `KEY.history` with an outcome after the other, `KEY.stream` with what a detector has learnt.
///
/// The key is a hash of model and name. A definition is version 1, model, name and text, then
/// CRC-32C. An outcome is the size of what follows in 4 bytes, start, end, rows, value, lower,
/// upper, state, text, CRC-32C: what follows a damaged one is not read, and cut off before the next
/// is written.
final class MonitorFiles {
  /// In the order of their numbers in the file.
  private static final List<Outcome.State> STATES =
      List.of(
          Outcome.State.OK,
          Outcome.State.WATCH,
          Outcome.State.BROKEN,
          Outcome.State.NOT_ENOUGH,
          Outcome.State.FAILED);

  private static final Logger LOG = LoggerFactory.getLogger(MonitorFiles.class);
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;
  private static final int KEY_BYTES = 16;

  /// Of one monitor; older ones go.
  static final int MOST_OUTCOMES = 5_000;

  private final FileSystem files;
  private final Path directory;

  MonitorFiles(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
    files.createDirectories(directory);
  }

  /// What was sent.
  record Sent(String model, String name, String text) {}

  /// A detector's memory at the end of a window.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Learnt(String detector, long untilMs, double[] state) {}

  List<Sent> definitions() {
    List<Sent> found = new ArrayList<>();
    for (Path file : files.list(directory)) {
      if (file.getFileName().toString().endsWith(".monitor")) {
        try {
          found.add(definition(AtomicReplacement.read(files, file)));
        } catch (BadBytesException | ConfigException bad) {
          LOG.warn("monitor {} is not read: {}", file.getFileName(), bad.getMessage());
        }
      }
    }
    return found;
  }

  private static Sent definition(byte[] bytes) {
    ByteSource source = checked(bytes);
    if (source.u8() != VERSION) {
      throw new BadBytesException("a definition of another version");
    }
    return new Sent(source.text(), source.text(), source.text());
  }

  void put(Sent sent) {
    byte[] bytes =
        new ByteSink(256)
            .u8(VERSION)
            .text(sent.model())
            .text(sent.name())
            .text(sent.text())
            .checksum(0)
            .toArray();
    AtomicReplacement.write(files, directory, key(sent.model(), sent.name()) + ".monitor", bytes);
  }

  void delete(String model, String name) {
    files.delete(file(model, name, ".monitor"));
    forget(model, name);
  }

  /// Its outcomes and what it has learnt; the definition stays.
  void forget(String model, String name) {
    files.delete(file(model, name, ".history"));
    files.delete(file(model, name, ".stream"));
    files.syncDirectory(directory);
  }

  /// Oldest first.
  List<Outcome> outcomes(String model, String name) {
    Path file = file(model, name, ".history");
    List<Outcome> outcomes = new ArrayList<>();
    if (files.exists(file)) {
      byte[] bytes = AtomicReplacement.read(files, file);
      int sound = read(bytes, outcomes);
      if (sound < bytes.length) {
        LOG.warn("monitor {} of {}: {} damaged bytes", name, model, bytes.length - sound);
        try (OpenFile open = files.openForWriting(file)) {
          open.truncate(sound);
          open.sync();
        }
      }
    }
    return outcomes;
  }

  /// @return where the first damaged outcome begins
  private static int read(byte[] bytes, List<Outcome> into) {
    int at = 0;
    while (bytes.length - at > CHECKSUM_BYTES) {
      try {
        int size = (int) new ByteSource(bytes, at, CHECKSUM_BYTES).u32();
        if (size < CHECKSUM_BYTES || size > bytes.length - at - CHECKSUM_BYTES) {
          return at;
        }
        into.add(
            outcome(Arrays.copyOfRange(bytes, at + CHECKSUM_BYTES, at + CHECKSUM_BYTES + size)));
        at += CHECKSUM_BYTES + size;
      } catch (BadBytesException _) {
        return at;
      }
    }
    return at;
  }

  private static Outcome outcome(byte[] bytes) {
    ByteSource source = checked(bytes);
    Window window = new Window(source.varint(), source.varint(), false);
    long n = source.uvarint();
    double value = source.f64();
    double lower = source.f64();
    double upper = source.f64();
    int state = source.u8();
    if (state >= STATES.size()) {
      throw new BadBytesException("no state " + state);
    }
    return new Outcome(window, n, value, lower, upper, STATES.get(state), source.text());
  }

  /// Returns when they would survive a power cut.
  void append(String model, String name, List<Outcome> outcomes) {
    ByteSink all = new ByteSink(256 * outcomes.size());
    outcomes.forEach(outcome -> write(all, outcome));
    Path file = file(model, name, ".history");
    boolean isNew = !files.exists(file);
    try (OpenFile open = files.openForWriting(file)) {
      open.append(ByteBuffer.wrap(all.toArray()));
      open.sync();
    }
    if (isNew) {
      files.syncDirectory(directory);
    }
  }

  /// In place of all that were.
  void replace(String model, String name, List<Outcome> outcomes) {
    ByteSink all = new ByteSink(256 * outcomes.size());
    outcomes.forEach(outcome -> write(all, outcome));
    AtomicReplacement.write(files, directory, key(model, name) + ".history", all.toArray());
  }

  private static void write(ByteSink all, Outcome outcome) {
    byte[] bytes =
        new ByteSink(128)
            .varint(outcome.window().startMs())
            .varint(outcome.window().endMs())
            .uvarint(outcome.n())
            .f64(outcome.value())
            .f64(outcome.lower())
            .f64(outcome.upper())
            .u8(STATES.indexOf(outcome.state()))
            .text(outcome.text())
            .checksum(0)
            .toArray();
    all.u32(bytes.length).bytes(bytes);
  }

  /// @return null where there is nothing, or it is damaged
  @Nullable Learnt learnt(String model, String name) {
    Path file = file(model, name, ".stream");
    if (!files.exists(file)) {
      return null;
    }
    byte[] bytes = AtomicReplacement.read(files, file);
    try {
      ByteSource source = checked(bytes);
      String detector = source.text();
      long untilMs = source.varint();
      double[] state = new double[source.length()];
      for (int each = 0; each < state.length; each++) {
        state[each] = source.f64();
      }
      return new Learnt(detector, untilMs, state);
    } catch (BadBytesException bad) {
      LOG.warn("what monitor {} of {} has learnt is not read: {}", name, model, bad.getMessage());
      return null;
    }
  }

  void learnt(String model, String name, Learnt learnt) {
    ByteSink to = new ByteSink(64 + 8 * learnt.state().length);
    to.text(learnt.detector()).varint(learnt.untilMs()).uvarint(learnt.state().length);
    for (double value : learnt.state()) {
      to.f64(value);
    }
    byte[] bytes = to.checksum(0).toArray();
    AtomicReplacement.write(files, directory, key(model, name) + ".stream", bytes);
  }

  /// All before the checksum, once that holds.
  private static ByteSource checked(byte[] bytes) {
    int length = bytes.length - CHECKSUM_BYTES;
    if (length < 0) {
      throw new BadBytesException("too short for a checksum");
    }
    ByteSource end = new ByteSource(bytes, length, CHECKSUM_BYTES);
    end.checksum(0, length);
    return new ByteSource(bytes, 0, length);
  }

  private Path file(String model, String name, String suffix) {
    return directory.resolve(key(model, name) + suffix);
  }

  private static String key(String model, String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((model + "\0" + name).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("BUG: every JDK has SHA-256", impossible);
    }
  }
}
