package dev.sightline.wire.outgoing;

import dev.sightline.wire.outgoing.Authorization.Basic;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.Authorization.Source.Given;
import dev.sightline.wire.outgoing.Authorization.Source.InFile;
import dev.sightline.wire.outgoing.Authorization.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;

/// The value of the header `Authorization`.
public final class AuthorizationHeader {
  private AuthorizationHeader() {}

  /// @throws IOException if a file of a secret cannot be read
  public static String of(Authorization authorization) throws IOException {
    return switch (authorization) {
      case Basic(Source user, Source password) -> {
        byte[] both = (reveal(user) + ":" + reveal(password)).getBytes(StandardCharsets.UTF_8);
        yield "Basic " + Base64.getEncoder().encodeToString(both);
      }
      case Token(String type, Source credentials) -> type + " " + reveal(credentials);
    };
  }

  /// @throws IOException if a file of a secret cannot be read
  public static String reveal(Source source) throws IOException {
    return switch (source) {
      case Given given -> given.secret().reveal();
      case InFile(var file) -> {
        try {
          yield Files.readString(file).strip();
        } catch (IOException failure) {
          throw new IOException("the secret in " + file + " cannot be read", failure);
        }
      }
    };
  }
}
