package dev.sightline.api.alerting;

import dev.sightline.alerting.dispatch.AlertView;
import dev.sightline.alerting.route.MatcherText;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.label.WholeMatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which alerts a caller of Alertmanager's API wants to see.
///
/// @param receiver one of the receivers must match; null for any
/// @param active whether those that nothing silences are meant
/// @param inhibited whether those that another silences are meant
record AlertFilter(
    List<Matcher> matchers, @Nullable WholeMatch receiver, boolean active, boolean inhibited) {
  static AlertFilter of(Call call) {
    List<Matcher> matchers = new ArrayList<>();
    for (String text : call.parameters("filter")) {
      try {
        matchers.addAll(MatcherText.parse(text));
      } catch (IllegalArgumentException bad) {
        throw new ApiException(ApiError.badData("filter: " + bad.getMessage()));
      }
    }
    return new AlertFilter(
        matchers, receiver(call), isWanted(call, "active"), isWanted(call, "inhibited"));
  }

  private static boolean isWanted(Call call, String state) {
    return !"false".equals(call.parameter(state));
  }

  private static @Nullable WholeMatch receiver(Call call) {
    String text = call.parameter("receiver");
    try {
      return text == null || text.isEmpty() ? null : WholeMatch.of(text);
    } catch (BadPatternException bad) {
      throw new ApiException(ApiError.badData("receiver: " + bad.getMessage()));
    }
  }

  boolean admits(AlertView view) {
    Labels labels = view.alert().labels();
    return (view.inhibitedBy() == null ? active : inhibited)
        && !view.resolved()
        && matchers.stream().allMatch(each -> each.matches(labels.get(each.name())))
        && (receiver == null || view.receivers().stream().anyMatch(receiver::matches));
  }

  boolean admitsReceiver(String name) {
    return receiver == null || receiver.matches(name);
  }
}
