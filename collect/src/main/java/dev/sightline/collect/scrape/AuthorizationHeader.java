package dev.sightline.collect.scrape;

import dev.sightline.collect.scrape.Authorization.Basic;
import dev.sightline.collect.scrape.Authorization.Source;
import dev.sightline.collect.scrape.Authorization.Source.Given;
import dev.sightline.collect.scrape.Authorization.Source.InFile;
import dev.sightline.collect.scrape.Authorization.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;

/// The value of the header `Authorization`.
final class AuthorizationHeader {
  private AuthorizationHeader() {}

  /// @throws ScrapeException if a file of a secret cannot be read
  static String of(Authorization authorization) {
    return switch (authorization) {
      case Basic(Source user, Source password) -> {
        byte[] both = (reveal(user) + ":" + reveal(password)).getBytes(StandardCharsets.UTF_8);
        yield "Basic " + Base64.getEncoder().encodeToString(both);
      }
      case Token(String type, Source credentials) -> type + " " + reveal(credentials);
    };
  }

  private static String reveal(Source source) {
    return switch (source) {
      case Given given -> given.secret().reveal();
      case InFile(var file) -> {
        try {
          yield Files.readString(file).strip();
        } catch (IOException failure) {
          throw new ScrapeException("the secret in " + file + " cannot be read");
        }
      }
    };
  }
}
