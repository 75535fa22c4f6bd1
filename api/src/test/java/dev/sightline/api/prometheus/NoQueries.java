package dev.sightline.api.prometheus;

import dev.sightline.model.query.RunningQueries;
import java.util.List;

/// Nothing runs.
public final class NoQueries implements RunningQueries {
  @Override
  public List<Running> running() {
    return List.of();
  }

  @Override
  public boolean end(long id) {
    return false;
  }
}
