package dev.sightline.api.prometheus;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.model.series.SeriesSink.Reason;
import dev.sightline.model.series.SeriesSink.Refusal;
import dev.sightline.wire.remotewrite.LabelCache;
import dev.sightline.wire.remotewrite.WriteException;
import dev.sightline.wire.remotewrite.WriteRequest;
import dev.sightline.wire.remotewrite.WriteRequestReader;
import java.util.List;

/// Takes samples by Prometheus's remote write, version 1.0.
///
/// An answer of 204 says that all samples would survive a power cut. Samples that cannot be stored
/// are named in a 400, which senders do not repeat, and the others of the same call are stored
/// nevertheless; a store that cannot write answers 503, which they do repeat.
public final class RemoteWriteApi {
  private static final int MAX_BYTES = 32 << 20;
  private static final String VERSION_2 = "io.prometheus.write.v2.Request";

  private final SeriesSink sink;
  private final LabelCache cache;

  /// @param cacheBytes how much memory the labels of known series may take
  public RemoteWriteApi(SeriesSink sink, long cacheBytes) {
    this.sink = sink;
    this.cache = new LabelCache(cacheBytes);
  }

  public void addTo(Routes routes) {
    routes.add(
        new Route(
            "POST",
            PathTemplate.of("/api/v1/write"),
            Permission.WRITE,
            "Stores samples that another Prometheus sends (remote write 1.0)",
            List.of(),
            this::write));
  }

  private Reply write(Call call) {
    requireVersion1(call);
    byte[] body = call.bodyIn("snappy");
    WriteRequest request;
    try {
      request = WriteRequestReader.read(body, MAX_BYTES, cache);
    } catch (WriteException bad) {
      throw new ApiException(ApiError.badData(String.valueOf(bad.getMessage())));
    }
    Outcome outcome = sink.append(request.samples(), Durability.ON_DISK);
    request.remember(sink::kept);
    return outcome.refusedCount() + request.badSamples() == 0
        ? Reply.empty(204)
        : Reply.text(400, refusals(outcome, request));
  }

  private static void requireVersion1(Call call) {
    String type = call.header("Content-Type");
    boolean protobuf = call.mediaType().isEmpty() || call.mediaType().contains("protobuf");
    if (!protobuf || type != null && type.contains(VERSION_2)) {
      throw new ApiException(
          new ApiError(
              415,
              "bad_data",
              "Content-Type must be application/x-protobuf;proto=prometheus.WriteRequest, not "
                  + type));
    }
  }

  /// One line, because senders log the first line alone.
  private static String refusals(Outcome outcome, WriteRequest request) {
    int refused = outcome.refusedCount() + request.badSamples();
    String first = request.problem();
    if (!outcome.refused().isEmpty()) {
      Refusal refusal = outcome.refused().getFirst();
      first = text(refusal.reason()) + ": " + refusal.message();
    }
    return first
        + " ("
        + refused
        + " of "
        + (request.samples().size() + request.badSamples())
        + " samples were refused)\n";
  }

  /// As Prometheus says it.
  private static String text(Reason reason) {
    return switch (reason) {
      case OUT_OF_ORDER -> "out of order sample";
      case DUPLICATE_TIMESTAMP -> "duplicate sample for timestamp";
      case TOO_OLD -> "too old sample";
      case TOO_FAR_IN_FUTURE -> "out of bounds";
      case BAD_LABELS -> "invalid labels";
      case TOO_MANY_SERIES -> "too many series";
    };
  }
}
