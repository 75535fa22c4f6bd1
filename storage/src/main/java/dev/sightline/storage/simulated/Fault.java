package dev.sightline.storage.simulated;

import java.util.Set;

/// A rule by which a simulated disk refuses calls.
///
/// @param operations which calls are counted
/// @param call the first of them that fails, counted from 1 at the moment the rule is given
/// @param forEver whether all later ones fail too
/// @param message what the system says
public record Fault(Set<Operation> operations, long call, boolean forEver, String message) {
  public Fault {
    operations = Set.copyOf(operations);
  }

  /// What can be refused.
  public enum Operation {
    CREATE,
    OPEN,
    READ,
    WRITE,
    SYNC,
    TRUNCATE,
    LIST,
    RENAME,
    DELETE,
    SYNC_DIRECTORY
  }

  /// The disk answers one call with an input/output error.
  public static Fault once(long call, Operation... operations) {
    return new Fault(Set.of(operations), call, false, "Input/output error");
  }

  /// The disk answers with input/output errors from one call on.
  public static Fault forEver(long call, Operation... operations) {
    return new Fault(Set.of(operations), call, true, "Input/output error");
  }

  boolean refuses(long count) {
    return forEver ? count >= call : count == call;
  }
}
