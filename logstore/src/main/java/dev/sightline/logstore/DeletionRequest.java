package dev.sightline.logstore;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineTest;
import dev.sightline.model.log.LineTest.Tester;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogDeletions.Deletion;
import dev.sightline.model.log.LogDeletions.State;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request to delete lines, and what it means.
record DeletionRequest(Deletion said, LineTest meant) {
  /// Whether lines of a stream in a range may be hidden.
  boolean touches(Labels stream, long startNs, long endNs) {
    return said.startNs() < endNs && startNs < said.endNs() && meant.takes(stream);
  }

  DeletionRequest at(State state, int blocks, int blocksDone, String trouble) {
    Deletion next =
        new Deletion(
            said.id(),
            said.query(),
            said.startNs(),
            said.endNs(),
            said.createdMs(),
            state,
            blocks,
            blocksDone,
            trouble);
    return new DeletionRequest(next, meant);
  }

  private Tester tester() {
    Tester tester = meant.isEveryLine() ? (_, _) -> true : meant.tester();
    return (stream, line) -> isInTime(line) && tester.holds(stream, line);
  }

  private boolean isInTime(LogCursor line) {
    return line.timestampNs() >= said.startNs() && line.timestampNs() < said.endNs();
  }

  /// What any of these requests hides of a stream in a range; null for nothing.
  static @Nullable Tester hiding(
      List<DeletionRequest> requests, Labels stream, long startNs, long endNs) {
    List<Tester> testers = new ArrayList<>();
    for (DeletionRequest request : requests) {
      if (request.touches(stream, startNs, endNs)) {
        testers.add(request.tester());
      }
    }
    return switch (testers.size()) {
      case 0 -> null;
      case 1 -> testers.getFirst();
      default -> (labels, line) -> testers.stream().anyMatch(one -> one.holds(labels, line));
    };
  }

  static void write(ByteSink sink, Deletion said) {
    sink.text(said.id()).text(said.query()).u64(said.startNs()).u64(said.endNs());
    sink.u64(said.createdMs()).u8(said.state() == State.GONE ? 1 : 0);
  }

  static Deletion read(ByteSource source) {
    return new Deletion(
        source.text(),
        source.text(),
        source.u64(),
        source.u64(),
        source.u64(),
        source.u8() == 1 ? State.GONE : State.HIDDEN,
        0,
        0,
        "");
  }
}
