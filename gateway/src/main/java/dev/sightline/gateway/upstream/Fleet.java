package dev.sightline.gateway.upstream;

import dev.sightline.gateway.config.Servers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The servers of one version of a model, as they are now.
///
/// Where none is up, all count as up: a check that is wrong must not turn away calls that would
/// have been answered.
public final class Fleet {
  private final Servers servers;
  private final List<Member> members;
  private final AtomicInteger turn = new AtomicInteger();

  public Fleet(Servers servers) {
    this.servers = servers;
    this.members =
        servers.upstreams().stream()
            .map(upstream -> new Member(upstream, servers.health()))
            .toList();
  }

  Servers servers() {
    return servers;
  }

  public List<Member> members() {
    return members;
  }

  public Member choose() {
    Member chosen = choose(null);
    if (chosen == null) {
      throw new IllegalStateException("BUG: a fleet without members");
    }
    return chosen;
  }

  /// @param not the member that has just failed
  /// @return null where there is no other
  public @Nullable Member choose(@Nullable Member not) {
    if (members.size() == 1) {
      return members.getFirst() == not ? null : members.getFirst();
    }
    int start = Math.floorMod(turn.getAndIncrement(), turns());
    Member up =
        switch (servers.balance()) {
          case ROUND_ROBIN -> next(start, not, true);
          case LEAST_CONNECTIONS -> leastLoaded(start, not);
        };
    return up == null ? next(start, not, false) : up;
  }

  /// A round has as many turns as all weights together.
  private int turns() {
    int sum = 0;
    for (Member member : members) {
      sum += member.upstream().weight();
    }
    return sum;
  }

  private @Nullable Member next(int start, @Nullable Member not, boolean onlyUp) {
    int at = 0;
    int before = start;
    while (before >= members.get(at).upstream().weight()) {
      before -= members.get(at).upstream().weight();
      at++;
    }
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get((at + i) % members.size());
      if (member != not && (!onlyUp || member.isUp())) {
        return member;
      }
    }
    return null;
  }

  /// Of equals the first from a place that moves on, so that an idle fleet is used evenly.
  private @Nullable Member leastLoaded(int start, @Nullable Member not) {
    Member least = null;
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get((start + i) % members.size());
      boolean usable = member != not && member.isUp();
      if (usable && (least == null || member.load() < least.load())) {
        least = member;
      }
    }
    return least;
  }
}
