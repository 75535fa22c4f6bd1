package dev.sightline.collect.mongo;

import com.mongodb.ConnectionString;
import dev.sightline.wire.yaml.Secret;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/// A collection whose documents are the predictions of one model, and get their truths later.
///
/// @param uri of the server, `mongodb://…`
/// @param poll how often it is asked for news
/// @param mark whether `logged: true` is written into documents whose truth is stored. Otherwise
///   nothing is ever written
/// @param classes names of the classes whose numbers the documents hold; empty where they hold what
///   is meant
/// @param scale what the documents write for certainty: 1, or 100 for percent
/// @param zone of times that are texts without one
public record MongoJob(
    String model,
    Secret uri,
    String database,
    String collection,
    Duration poll,
    boolean mark,
    List<String> classes,
    double scale,
    ZoneId zone) {
  /// As CLARA's logger does.
  public static final Duration USUAL_POLL = Duration.ofMinutes(2);

  private static final Duration SHORTEST_POLL = Duration.ofSeconds(1);

  public MongoJob {
    classes = List.copyOf(classes);
    if (poll.compareTo(SHORTEST_POLL) < 0) {
      throw new IllegalArgumentException("poll must be at least 1s");
    }
    if (database.isEmpty() || collection.isEmpty()) {
      throw new IllegalArgumentException("database and collection must not be empty");
    }
    try {
      var _ = new ConnectionString(uri.reveal());
    } catch (IllegalArgumentException _) {
      // What the driver says may hold the password.
      throw new IllegalArgumentException("uri must be a connection string, mongodb://host:port");
    }
  }

  /// Where the documents are, without a secret.
  String place() {
    return database + "." + collection;
  }
}
