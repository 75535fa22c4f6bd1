package dev.sightline.demo.client;

/// What the server made of a list of truths.
///
/// @param joined to their predictions at once
/// @param waiting for their predictions
/// @param corrected an earlier truth
/// @param rejected by the server
/// @param unsent because the server did not take the list at all, or the gateway gave the call no
///   id
/// @param problem why, or empty
public record TruthReceipt(
    long joined, long waiting, long corrected, long rejected, long unsent, String problem) {
  public static final TruthReceipt NONE = new TruthReceipt(0, 0, 0, 0, 0, "");

  /// Truths that the server has not seen.
  public static TruthReceipt unsent(long truths, String problem) {
    return new TruthReceipt(0, 0, 0, 0, truths, problem);
  }

  /// The sum of two; the later problem stays.
  public TruthReceipt plus(TruthReceipt later) {
    return new TruthReceipt(
        joined + later.joined,
        waiting + later.waiting,
        corrected + later.corrected,
        rejected + later.rejected,
        unsent + later.unsent,
        later.problem.isEmpty() ? problem : later.problem);
  }

  /// How many the server has taken.
  public long taken() {
    return joined + waiting + corrected;
  }
}
