package dev.sightline.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.api.TestServer;
import dev.sightline.api.http.Routes;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSource;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportApiTest {
  private static final Labels UP = Labels.of("__name__", "up", "job", "a");

  private final FakeKeeping keeping = new FakeKeeping();
  private TestServer server;

  @BeforeEach
  void open() {
    Routes routes = new Routes();
    new ImportApi(keeping, new OneSeries(), FakeMetrics::readSelector).addTo(routes);
    server = new TestServer(routes);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /// Two samples of `up`.
  private static final class OneSeries implements SeriesSource {
    @Override
    public Selection select(List<Matcher> matchers, long startMs, long endMs) {
      return new Selection() {
        @Override
        public List<SelectedSeries> series() {
          return List.of(
              new SelectedSeries() {
                @Override
                public Labels labels() {
                  return UP;
                }

                @Override
                public void read(SampleColumns into) {
                  into.add(1_500, 1);
                  into.add(2_000, 0.5);
                }
              });
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public List<Labels> series(List<Matcher> matchers, long startMs, long endMs) {
      return List.of(UP);
    }

    @Override
    public List<String> labelNames(List<Matcher> matchers, long startMs, long endMs) {
      return List.of();
    }

    @Override
    public List<String> labelValues(String name, List<Matcher> matchers, long startMs, long endMs) {
      return List.of();
    }
  }

  @Test
  void takesText() {
    HttpResponse<String> reply =
        server.post("/api/v1/import", "text/csv", "time,value,__name__,job\n5,1,up,a\n-5,1,up,a\n");
    assertThat(reply.body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"stored\":1,\"refused\":1,"
                + "\"firstProblem\":\"older than the retention\"}}");
    assertThat(keeping.told()).containsExactly("backfill " + UP + " 5 1.0", "finish", "close");
    String json = "{\"metric\":{\"__name__\":\"up\"},\"values\":[1],\"timestamps\":[1]}";
    assertThat(server.post("/api/v1/import?format=jsonlines", "text/plain", json).statusCode())
        .isEqualTo(200);
  }

  /// As `curl --data-binary` sends it.
  @Test
  void takesABodyThatCallsItselfAForm() {
    String json = "{\"metric\":{\"__name__\":\"up\"},\"values\":[1],\"timestamps\":[1]}";
    String form = "application/x-www-form-urlencoded";
    assertThat(server.post("/api/v1/import?format=jsonlines", form, json).body())
        .contains("\"stored\":1");
    assertThat(server.post("/api/v1/import", form, json).statusCode()).isEqualTo(415);
  }

  @Test
  void saysWhereATextIsWrongAndWhatIsStored() {
    HttpResponse<String> reply =
        server.post("/api/v1/import", "application/openmetrics-text", "up 1 1\nup 2\n# EOF\n");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("has no time; 1 samples before it are stored");
    assertThat(server.post("/api/v1/import", "text/plain", "").statusCode()).isEqualTo(415);
    assertThat(server.post("/api/v1/import?format=xml", "text/csv", "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void givesText() {
    assertThat(server.get("/api/v1/export?match[]=up").body())
        .isEqualTo(
            "{\"metric\":{\"__name__\":\"up\",\"job\":\"a\"},\"values\":[1,0.5],"
                + "\"timestamps\":[1500,2000]}\n");
    assertThat(server.get("/api/v1/export?match[]=up&format=csv").body())
        .isEqualTo("time,value,__name__,job\n1500,1,up,a\n2000,0.5,up,a\n");
    assertThat(server.get("/api/v1/export?match[]=up&format=openmetrics").body())
        .isEqualTo("up{job=\"a\"} 1 1.500\nup{job=\"a\"} 0.5 2.000\n# EOF\n");
    assertThat(server.get("/api/v1/export").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/export?match[]=up&format=xml").statusCode()).isEqualTo(400);
  }
}
