package dev.sightline.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Other versions of a model beside the one in charge.
///
/// @param challengers each gets a share of the scoring calls; its answer is the client's
/// @param stickyHeader calls with the same value of this header go to the same version; null for
///   chance alone
/// @param shadow gets a copy of every scoring call; its answer reaches nobody; null for none
public record Rivals(
    List<Challenger> challengers, @Nullable String stickyHeader, @Nullable UpstreamModel shadow) {
  /// A version in charge, alone.
  public static final Rivals NONE = new Rivals(List.of(), null, null);

  public Rivals {
    challengers = List.copyOf(challengers);
    double shares = challengers.stream().mapToDouble(Challenger::share).sum();
    if (shares > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "the shares of the challengers add up to " + shares + ", which is above 1");
    }
  }

  /// A version that is tried on a part of the calls.
  ///
  /// @param share of the scoring calls, above 0 and at most 1
  public record Challenger(UpstreamModel model, double share) {
    public Challenger {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "the share of a challenger must be above 0 and at most 1, not " + share);
      }
    }
  }

  /// The version for one call.
  ///
  /// @param sticky the value of the header; null where the call has none
  public UpstreamModel choose(UpstreamModel champion, @Nullable String sticky) {
    if (challengers.isEmpty()) {
      return champion;
    }
    double place =
        sticky == null || stickyHeader == null
            ? ThreadLocalRandom.current().nextDouble()
            : place(champion.name(), sticky);
    for (Challenger challenger : challengers) {
      if (place < challenger.share()) {
        return challenger.model();
      }
      place -= challenger.share();
    }
    return champion;
  }

  /// From 0 to 1, the same for the same text in every process; another one for another model, so
  /// that two models do not try their challengers on the same clients.
  public static double place(String model, String value) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : (model + '\0' + value).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return ((hash ^ (hash >>> 33)) >>> 11) * 0x1p-53;
  }
}
