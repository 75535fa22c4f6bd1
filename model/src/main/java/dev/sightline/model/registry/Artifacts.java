package dev.sightline.model.registry;

import java.io.InputStream;
import java.util.function.Function;

/// Reads files that the training of models left with another registry. Safe for any number of
/// threads.
public interface Artifacts {
  /// @param reader reads the file as it comes, on the calling thread; what it throws is passed on.
  ///   The stream must not be kept
  /// @return what `reader` makes of it
  /// @throws ArtifactException if there is no such file, or it cannot be read to its end
  <T> T read(Artifact what, Function<InputStream, T> reader);

  /// Why a file was not read, in the user's words.
  final class ArtifactException extends RuntimeException {
    private final Fault fault;

    public ArtifactException(Fault fault, String message) {
      super(message);
      this.fault = fault;
    }

    public Fault fault() {
      return fault;
    }
  }

  /// Whose fault it is that a file was not read.
  enum Fault {
    /// What was asked for is not there, is too large, or nobody can be asked.
    ASKED,
    /// The other registry did not answer as it should.
    ANSWERED
  }
}
