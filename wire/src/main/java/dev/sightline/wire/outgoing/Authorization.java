package dev.sightline.wire.outgoing;

import dev.sightline.wire.yaml.Secret;
import java.nio.file.Path;

/// How a call shows that it may be answered.
public sealed interface Authorization {
  /// A user and a password.
  record Basic(Source user, Source password) implements Authorization {}

  /// @param type the first word of the header, such as `Bearer`
  record Token(String type, Source credentials) implements Authorization {}

  /// Where a secret is kept.
  sealed interface Source {
    /// In the configuration.
    record Given(Secret secret) implements Source {}

    /// In a file that is read at every call, because whoever writes it may change it at any time.
    record InFile(Path file) implements Source {}
  }
}
