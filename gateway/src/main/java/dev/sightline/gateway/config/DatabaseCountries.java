package dev.sightline.gateway.config;

import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks the client's address up in a database file of MaxMind's format (GeoLite2-Country and
/// others with `country.iso_code`), which is held in memory.
public final class DatabaseCountries implements Countries {
  private static final int LONGEST_ADDRESS = 45;

  private final Reader database;
  private final @Nullable String addressHeader;

  /// @param addressHeader where a proxy in front writes the client's address, such as
  ///   `X-Forwarded-For`, of which the last address counts: those before it are hearsay; null to
  ///   take the address of the connection
  /// @throws GatewayException if the file cannot be read, or is no such database
  public DatabaseCountries(Path file, @Nullable String addressHeader) {
    try {
      this.database = new Reader(file.toFile(), Reader.FileMode.MEMORY);
    } catch (IOException failure) {
      throw new GatewayException(
          "the database of countries " + file + " cannot be read: " + failure.getMessage(),
          failure);
    }
    this.addressHeader = addressHeader;
  }

  @Override
  public String of(
      Function<String, @Nullable String> headers, @Nullable InetSocketAddress address) {
    InetAddress client =
        addressHeader == null
            ? address == null ? null : address.getAddress()
            : last(headers.apply(addressHeader));
    return client == null ? UNKNOWN : lookUp(client);
  }

  private String lookUp(InetAddress client) {
    try {
      Map<?, ?> entry = database.get(client, Map.class);
      return entry != null
              && entry.get("country") instanceof Map<?, ?> country
              && country.get("iso_code") instanceof String code
          ? HeaderCountries.code(code)
          : UNKNOWN;
    } catch (IOException | RuntimeException _) {
      return UNKNOWN; // a damaged file, or an IPv6 address in a database of IPv4
    }
  }

  /// Never a name: that would be asked of a name server.
  private static @Nullable InetAddress last(@Nullable String addresses) {
    if (addresses == null) {
      return null;
    }
    String last = addresses.substring(addresses.lastIndexOf(',') + 1).strip();
    boolean literal =
        !last.isEmpty()
            && last.length() <= LONGEST_ADDRESS
            && last.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
    try {
      return literal ? InetAddress.ofLiteral(last) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
