package dev.sightline.api.whylabs;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.api.whylabs.PendingUploads.Pending;
import dev.sightline.api.whylabs.PendingUploads.Purpose;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.baseline.Reference;
import dev.sightline.quality.drift.References;
import dev.sightline.quality.profile.Uploads;
import dev.sightline.quality.profile.Uploads.Sent;
import dev.sightline.wire.whylogs.BadProfileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What whylogs clients upload profiles by: log, reference, transaction.
///
/// A client asks for an address first and then puts its file there, without any key.
public final class WhylabsApi {
  private static final String ORG = "/v0/organizations/{org}";
  private static final String UPLOAD = "/whylabs/upload/";
  private static final int MOST_URLS = 1_000;

  private final Uploads uploads;
  private final References references;
  private final QueryPool pool;
  private final Clock clock;
  private final PendingUploads pending;
  private final Transactions transactions;

  public WhylabsApi(Uploads uploads, References references, QueryPool pool, Clock clock) {
    this.uploads = uploads;
    this.references = references;
    this.pool = pool;
    this.clock = clock;
    this.pending = new PendingUploads(clock);
    this.transactions = new Transactions(clock);
  }

  public void addTo(Routes routes) {
    add(routes, "POST /v1/log/async", "An address to upload a profile to", this::logByHeader);
    add(
        routes,
        "POST " + ORG + "/log/async/{model}",
        "An address to upload a profile to",
        call -> log(call, call.path("model"), ""));
    add(
        routes,
        "POST " + ORG + "/log/reference/{model}",
        "An address to upload a reference profile to",
        this::reference);
    add(
        routes,
        "POST " + ORG + "/dataset-profiles/models/{model}/reference-profile",
        "Addresses to upload a segmented reference profile to",
        this::references);
    add(routes, "POST /v1/transaction", "Begin uploads that count together", this::start);
    add(routes, "POST /v1/transaction/log", "An address within a transaction", this::logWithin);
    add(routes, "POST /v1/transaction/commit", "Keep what was uploaded", this::commit);
    add(routes, "POST /v1/transaction/abort", "Forget what was uploaded", this::abort);
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/v1/transaction"),
            Permission.QUERY,
            "What became of a transaction",
            List.of(),
            this::status));
    routes.add(
        new Route(
            "PUT",
            PathTemplate.of(UPLOAD + "{id}"),
            Permission.NONE,
            "Upload a profile of whylogs to an address that was given out",
            List.of(Parameter.path("id", "Secret part of the address")),
            this::put));
  }

  static void add(Routes routes, String call, String summary, CallHandler handler) {
    int space = call.indexOf(' ');
    String path = call.substring(space + 1);
    List<Parameter> parameters = new ArrayList<>();
    for (String segment : path.split("/")) {
      if (segment.startsWith("{")) {
        String name = segment.substring(1, segment.length() - 1);
        parameters.add(Parameter.path(name, "As WhyLabs's API has it"));
      }
    }
    String method = call.substring(0, space);
    Permission permission = method.equals("GET") ? Permission.QUERY : Permission.WRITE;
    routes.add(new Route(method, PathTemplate.of(path), permission, summary, parameters, handler));
  }

  private Reply logByHeader(Call call) {
    String model = call.header("X-WHYLABS-RESOURCE");
    if (model == null || model.isEmpty()) {
      throw bad("the header X-WHYLABS-RESOURCE must name the dataset");
    }
    return log(call, model, "");
  }

  private Reply log(Call call, String model, String transaction) {
    WhylabsBody body = WhylabsBody.read(call);
    Purpose purpose = new Purpose(model, time(body), body.tags("segmentTags"), "", transaction);
    return upload(call, purpose);
  }

  /// An address to upload to.
  private Reply upload(Call call, Purpose purpose) {
    String id = pending.open(purpose);
    return Reply.json(
        json -> {
          json.beginObject().name("id").value(id).name("modelId").value(purpose.model());
          if (!purpose.reference().isEmpty()) {
            json.name("alias").value(purpose.reference());
          }
          json.name("uploadTimestamp").value(clock.nowMs());
          json.name("uploadUrl").value(call.origin() + UPLOAD + id).endObject();
        });
  }

  private long time(WhylabsBody body) {
    long timeMs = body.number("datasetTimestamp");
    return timeMs == 0 ? clock.nowMs() : timeMs;
  }

  private Reply reference(Call call) {
    WhylabsBody body = WhylabsBody.read(call);
    String model = call.path("model");
    String alias = alias(body);
    return upload(call, new Purpose(model, time(body), Map.of(), alias, ""));
  }

  /// One address for each segment, or one for a zip.
  private Reply references(Call call) {
    WhylabsBody body = WhylabsBody.read(call);
    String model = call.path("model");
    String alias = alias(body);
    boolean zip = "ZIP".equalsIgnoreCase(call.header("X-WhyLabs-File-Extension"));
    int count = zip ? 1 : Math.clamp(body.size("segments"), 1, MOST_URLS);
    List<String> ids = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      ids.add(pending.open(new Purpose(model, time(body), Map.of(), alias, "")));
    }
    return Reply.json(
        json -> {
          json.beginObject().name("id").value(ids.getFirst()).name("alias").value(alias);
          json.name("datasetId").value(model).name("segments").beginArray().endArray();
          json.name("uploadTimestamp").value(clock.nowMs()).name("uploadUrls").beginArray();
          ids.forEach(id -> json.value(call.origin() + UPLOAD + id));
          json.endArray().endObject();
        });
  }

  /// Our references have names without spaces and such.
  private static String alias(WhylabsBody body) {
    String name = body.text("alias").replaceAll("[^A-Za-z0-9_.-]", "-");
    try {
      Reference.checkName(name.isEmpty() ? "whylogs" : name);
      return name.isEmpty() ? "whylogs" : name;
    } catch (IllegalArgumentException unfit) {
      throw bad("alias: " + unfit.getMessage());
    }
  }

  private Reply put(Call call) {
    Pending found = pending.find(call.path("id"));
    if (found == null) {
      throw new ApiException(
          ApiError.notFound("this address is not valid, or no longer: ask for another"));
    }
    byte[] body = call.body();
    pool.run(
        () -> {
          found.once(() -> take(found.purpose(), body));
          return true;
        });
    return Reply.empty(200);
  }

  private void take(Purpose purpose, byte[] body) {
    Sent sent = read(purpose, body);
    if (!purpose.transaction().isEmpty()) {
      if (!transactions.add(purpose.transaction(), sent, body.length)) {
        throw new ApiException(
            ApiError.tooLarge("the transaction is over, or too much waits in transactions"));
      }
    } else if (purpose.reference().isEmpty()) {
      uploads.keep(purpose.model(), sent);
    } else {
      references.keep(purpose.model(), purpose.reference(), Uploads.baseline(sent));
    }
  }

  private Sent read(Purpose purpose, byte[] body) {
    try {
      return uploads.read(body, purpose.tags(), purpose.timeMs());
    } catch (BadProfileException bad) {
      throw bad("no profile of whylogs: " + bad.getMessage());
    }
  }

  private Reply start(Call call) {
    String model = WhylabsBody.read(call).text("datasetId");
    if (model.isEmpty()) {
      throw bad("datasetId must name the dataset");
    }
    Transactions.Open started = transactions.start(model);
    if (started == null) {
      throw new ApiException(ApiError.unavailable("too many transactions are open"));
    }
    return answer(started);
  }

  private static Reply answer(Transactions.Open open) {
    String until = Instant.ofEpochMilli(open.untilMs()).toString();
    return Reply.json(
        json ->
            json.beginObject()
                .name("orgId")
                .value("sightline")
                .name("datasetId")
                .value(open.model())
                .name("transactionId")
                .value(open.id())
                .name("expirationTime")
                .value(until)
                .name("aborted")
                .value(false)
                .endObject());
  }

  private Transactions.Open transaction(Call call) {
    String id = call.parameter("transaction_id");
    Transactions.Open found = id == null ? null : transactions.find(id);
    if (found == null) {
      throw new ApiException(
          ApiError.notFound("there is no such transaction, or its time is over: begin another"));
    }
    return found;
  }

  private Reply logWithin(Call call) {
    Transactions.Open open = transaction(call);
    return log(call, open.model(), open.id());
  }

  private Reply commit(Call call) {
    Transactions.Open open = transaction(call);
    pool.run(
        () -> {
          for (Sent sent : open.sent()) {
            uploads.keep(open.model(), sent);
          }
          return true;
        });
    transactions.end(open.id());
    return done();
  }

  private Reply abort(Call call) {
    transactions.end(transaction(call).id());
    return done();
  }

  private Reply status(Call call) {
    return answer(transaction(call));
  }

  static Reply done() {
    return Reply.json(json -> json.beginObject().endObject());
  }

  static ApiException bad(String message) {
    return new ApiException(ApiError.badData(message));
  }
}
