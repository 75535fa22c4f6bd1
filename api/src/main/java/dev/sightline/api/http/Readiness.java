package dev.sightline.api.http;

/// Whether the process can answer questions yet, and what it is doing otherwise.
///
/// Safe for any number of threads.
public final class Readiness {
  private volatile String waitingFor;

  /// @param waitingFor what is under way, for people: `replaying the write-ahead log, 40 %`
  public Readiness(String waitingFor) {
    this.waitingFor = waitingFor;
  }

  public boolean isReady() {
    return waitingFor.isEmpty();
  }

  /// What is under way; empty when ready.
  public String waitingFor() {
    return waitingFor;
  }

  public void ready() {
    waitingFor = "";
  }

  public void notReady(String waitingFor) {
    if (waitingFor.isEmpty()) {
      throw new IllegalArgumentException("BUG: not ready, but nothing to wait for");
    }
    this.waitingFor = waitingFor;
  }
}
