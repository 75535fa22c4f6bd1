package dev.sightline.api.prometheus;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.wire.exposition.ExpositionFormat;
import dev.sightline.wire.exposition.ExpositionWriter;
import java.util.List;

/// Shows the meters of this process to whoever scrapes it.
public final class MetersApi {
  private final MeterRegistry meters;

  public MetersApi(MeterRegistry meters) {
    this.meters = meters;
  }

  public void addTo(Routes routes) {
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/metrics"),
            Permission.QUERY,
            "The process's own metrics, as exposition text",
            List.of(),
            _ -> {
              List<MeterFamily> read = meters.read();
              return Reply.of(
                  200,
                  ExpositionFormat.PROMETHEUS_TEXT.contentType(),
                  out -> ExpositionWriter.write(read, out));
            }));
  }
}
