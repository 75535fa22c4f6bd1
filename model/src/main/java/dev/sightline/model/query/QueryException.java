package dev.sightline.model.query;

/// Why a query has no answer. Every kind has one place in the HTTP reply.
///
/// These are failures of the query, not of the program: messages are in the user's words.
public abstract sealed class QueryException extends RuntimeException {
  private QueryException(String message) {
    super(message);
  }

  /// The text is no query of the language, or a parameter beside it makes no sense.
  public static final class BadQuery extends QueryException {
    private final Position position;

    /// @param message complete, with its `line:column` in front where the text has a place to show
    public BadQuery(Position position, String message) {
      super(message);
      this.position = position;
    }

    public Position position() {
      return position;
    }
  }

  /// A well-formed query cannot be answered from these data, such as many-to-many matching.
  public static final class Failed extends QueryException {
    public Failed(String message) {
      super(message);
    }
  }

  /// The query touched more than it may.
  public static final class LimitExceeded extends QueryException {
    public LimitExceeded(String message) {
      super(message);
    }
  }

  /// The query took longer than it may.
  public static final class TimedOut extends QueryException {
    public TimedOut(String message) {
      super(message);
    }
  }

  /// Whoever asked has gone, or an administrator ended the query.
  public static final class Canceled extends QueryException {
    public Canceled(String message) {
      super(message);
    }
  }
}
