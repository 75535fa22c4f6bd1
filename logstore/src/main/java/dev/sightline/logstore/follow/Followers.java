package dev.sightline.logstore.follow;

import dev.sightline.logstore.record.LinesRecord;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogArrivals;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Everybody who follows the lines of a store.
///
/// Safe for any number of threads.
public final class Followers implements LogArrivals {
  /// What may wait for one follower.
  private static final long WAITING_BYTES = 8 << 20;

  private final CopyOnWriteArrayList<RecordFollower> all = new CopyOnWriteArrayList<>();

  @Override
  public Follower follow(List<Matcher> matchers) {
    RecordFollower follower = new RecordFollower(matchers, WAITING_BYTES, all::remove);
    all.add(follower);
    return follower;
  }

  /// Shows lines that are on disk to all who follow; waits for none of them.
  ///
  /// @param records not changed any more
  public void show(List<LinesRecord> records) {
    for (RecordFollower follower : all) {
      records.forEach(follower::offer);
    }
  }
}
