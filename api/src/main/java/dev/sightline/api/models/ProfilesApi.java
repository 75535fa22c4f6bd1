package dev.sightline.api.models;

import static dev.sightline.api.http.Parameter.optional;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Routes;
import dev.sightline.api.prometheus.QueryPool;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.time.Clock;
import dev.sightline.quality.drift.DriftRules;
import dev.sightline.quality.profile.ProfileAnswer;
import dev.sightline.quality.profile.ProfileQueries;
import dev.sightline.quality.profile.WhylogsProfiles;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Our own API about profiles: what is kept of a model's features, merged over any hours.
public final class ProfilesApi {
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final String WHYLOGS = "application/octet-stream";

  private final ProfileQueries profiles;
  private final PredictionSource source;
  private final Supplier<Set<String>> configured;
  private final QueryPool pool;
  private final QualityParameters shared;

  /// @param configured models, by name
  public ProfilesApi(
      ProfileQueries profiles,
      PredictionSource source,
      Supplier<Set<String>> configured,
      QueryPool pool,
      Clock clock) {
    this.profiles = profiles;
    this.source = source;
    this.configured = configured;
    this.pool = pool;
    this.shared = new QualityParameters(clock, () -> DriftRules.DEFAULT.minimumN());
  }

  public void addTo(Routes routes) {
    ModelsApi.add(
        routes,
        "GET " + ModelsApi.ROOT + "/{model}/profiles",
        Permission.QUERY,
        "What is kept of each feature, by windows of whole hours; as whylogs's file where the caller"
            + " accepts application/octet-stream",
        this::profiles,
        ModelsApi.MODEL,
        optional("start", Parameter.Type.STRING, "RFC 3339 or epoch milliseconds; 7 days before"),
        optional("end", Parameter.Type.STRING, "RFC 3339 or epoch milliseconds, excluded; now"),
        optional("step", Parameter.Type.STRING, "Length of windows: 1h or more of whole hours"),
        optional("timezone", Parameter.Type.STRING, "Whose days windows are"),
        optional("feature", Parameter.Type.LIST, "Only these; (output), (confidence), (truth)"),
        optional("version", Parameter.Type.STRING, "Only of this version of the model"),
        optional("segment", Parameter.Type.STRING, "A configured one, such as country=\"ES\""),
        optional("timeout", Parameter.Type.STRING, "After which the question is given up"));
  }

  private Reply profiles(Call call) {
    String model = call.path("model");
    if (!profiles.models().contains(model)) {
      new KnownModels(source, configured).known(model);
    }
    Selection selection = shared.selection(call, model);
    check(selection);
    Set<String> features = new TreeSet<>(call.parameters("feature"));
    Deadline deadline = shared.deadline(call);
    ProfileAnswer answer = pool.run(() -> profiles.profiles(selection, features, deadline));
    String accept = call.header("Accept");
    if (accept != null && accept.startsWith(WHYLOGS)) {
      return whylogs(answer);
    }
    return Reply.json(json -> ProfileJson.write(json, answer));
  }

  private static void check(Selection selection) {
    List<Window> windows = selection.windows().list();
    for (Window window : windows.subList(0, windows.size() - 1)) {
      if (window.endMs() % HOUR_MS != 0) {
        throw ListParameters.bad(
            "step", "must be whole hours, since profiles are kept by the hour");
      }
    }
  }

  private Reply whylogs(ProfileAnswer answer) {
    if (answer.windows().size() != 1) {
      throw new ApiException(ApiError.badData("a file of whylogs is one window: leave step away"));
    }
    byte[] bytes = pool.run(() -> WhylogsProfiles.bytes(answer));
    return Reply.of(200, WHYLOGS, out -> out.write(bytes))
        .with("Content-Disposition", "attachment; filename=\"profile.bin\"");
  }
}
