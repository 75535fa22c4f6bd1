package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.gateway.config.DatabaseCountries;
import dev.sightline.gateway.config.Entrance;
import dev.sightline.gateway.config.GatewayConfig;
import dev.sightline.gateway.config.GatewayException;
import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.HeaderCountries;
import dev.sightline.gateway.config.UpstreamModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountriesTest {
  private static final String FORWARDED = "X-Forwarded-For";

  @TempDir private Path directory;

  private static void checkHeader(@Nullable String value, String want) {
    Map<String, String> headers = value == null ? Map.of() : Map.of("CF-IPCountry", value);
    assertThat(new HeaderCountries("CF-IPCountry").of(headers::get, null)).isEqualTo(want);
  }

  @Test
  void aHeaderNamesTheCountry() {
    checkHeader("NO", "NO");
    checkHeader("no", "NO");
    checkHeader("XX", "unknown");
    checkHeader("T1", "unknown");
    checkHeader("NOR", "unknown");
    checkHeader("\u00d8\u00d8", "unknown");
    checkHeader("", "unknown");
    checkHeader(null, "unknown");
  }

  private DatabaseCountries database(@Nullable String addressHeader) throws IOException {
    Path file = directory.resolve("countries.mmdb");
    Files.write(file, CountryFile.of(Map.of("10.0.0.0/8", "NO", "192.168.1.0/24", "SE")));
    return new DatabaseCountries(file, addressHeader);
  }

  private static void checkForwarded(DatabaseCountries database, String header, String want) {
    assertThat(database.of(Map.of(FORWARDED, header)::get, null)).isEqualTo(want);
  }

  @Test
  void aDatabaseKnowsTheCountryOfAnAddress() throws IOException {
    DatabaseCountries database = database(FORWARDED);
    checkForwarded(database, "10.1.2.3", "NO");
    checkForwarded(database, "192.168.1.77", "SE");
    checkForwarded(database, "192.168.2.77", "unknown");
    checkForwarded(database, "192.168.1.1, 10.0.0.1", "NO");
    checkForwarded(database, "::1", "unknown");
    checkForwarded(database, "name.example.org", "unknown");
    checkForwarded(database, "", "unknown");
    assertThat(database.of(_ -> null, null)).isEqualTo("unknown");
  }

  @Test
  void withoutAProxyTheConnectionsAddressCounts() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("10.9.9.9"), 4);
    assertThat(database(null).of(Map.of(FORWARDED, "192.168.1.1")::get, address)).isEqualTo("NO");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("x.mmdb"), "no database");
    assertThatThrownBy(() -> new DatabaseCountries(file, null))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("x.mmdb");
    assertThatThrownBy(() -> new DatabaseCountries(directory.resolve("none"), null))
        .isInstanceOf(GatewayException.class);
  }

  @Test
  void callsAreCountedByCountry() throws IOException {
    try (RawServer upstream = RawServer.answeringJson("{\"predictions\": [1]}")) {
      GatewayConfig config =
          new GatewayConfig(
              new Entrance.Port("127.0.0.1", 0),
              List.of(UpstreamModel.mlflow("m", upstream.uri())),
              new HeaderCountries("CF-IPCountry"),
              GatewayLimits.DEFAULT);
      try (TestGateway gateway = new TestGateway(config);
          RawClient client = gateway.connect()) {
        for (String country : List.of("NO", "NO", "SE", "nonsense")) {
          client
              .send(
                  "POST /predict HTTP/1.1\r\nHost: m\r\nCF-IPCountry: %s\r\nContent-Length: 15\r\n\r\n{\"inputs\": [1]}"
                      .formatted(country))
              .receive()
              .body();
        }
        gateway.awaitMeter(2, "http_requests_by_country_total", "country", "NO");
        gateway.awaitMeter(1, "http_requests_by_country_total", "country", "SE");
        gateway.awaitMeter(1, "http_requests_by_country_total", "country", "unknown");
        assertThat(gateway.predictions(4).getFirst().tags()).containsEntry("country", "NO");
        int asked = 4;
        for (char first = 'A'; first <= 'Z'; first++) {
          for (char second = 'A'; second < 'P'; second++) {
            client
                .send(
                    "GET /ping HTTP/1.1\r\nHost: m\r\nCF-IPCountry: %c%c\r\n\r\n"
                        .formatted(first, second))
                .receive()
                .body();
            asked++;
          }
        }
        gateway.awaitMeter(asked, "http_requests_by_country_total");
        assertThat(gateway.meter("http_requests_by_country_total", "country", "other"))
            .isPositive();
      }
    }
  }
}
