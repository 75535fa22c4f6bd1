package dev.sightline.server.config;

import dev.sightline.gateway.config.Countries;
import dev.sightline.gateway.config.DatabaseCountries;
import dev.sightline.gateway.config.GatewayException;
import dev.sightline.gateway.config.HeaderCountries;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/// Reads `country`: a `header` that names it, or a `database` of addresses.
final class CountriesReader {
  private CountriesReader() {}

  /// @return null where nobody asks
  static @Nullable Countries read(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    try (YamlMap map = node.asMap()) {
      YamlNode header = map.find("header");
      YamlNode database = map.find("database");
      YamlNode addressHeader = map.find("address_header");
      if ((header == null) == (database == null)) {
        throw node.error("must have either header or database");
      }
      if (header != null) {
        if (addressHeader != null) {
          throw addressHeader.error("belongs to a database, not to a header");
        }
        return new HeaderCountries(header.asText());
      }
      try {
        return new DatabaseCountries(
            database.asPath(), addressHeader == null ? null : addressHeader.asText());
      } catch (GatewayException unreadable) {
        throw database.error(String.valueOf(unreadable.getMessage()));
      }
    }
  }
}
