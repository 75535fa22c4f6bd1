package dev.sightline.alerting.rule;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Rules that are evaluated one after the other, at the same moment.
///
/// @param file as the user named it
/// @param name once in its file
/// @param limit how many alerts or series each rule may yield; 0 for any number
/// @param queryOffset how far before the present the rules look
public record RuleGroup(
    String file,
    String name,
    Duration interval,
    int limit,
    Duration queryOffset,
    List<Rule> rules) {
  public RuleGroup {
    rules = List.copyOf(rules);
  }

  /// File and name, which tell a group from all others.
  public String key() {
    return file + ';' + name;
  }

  /// Everything that its file says of it.
  public String definition() {
    return key()
        + '\0'
        + interval
        + '\0'
        + limit
        + '\0'
        + queryOffset
        + '\0'
        + rules.stream().map(Rule::definition).collect(Collectors.joining("\0"));
  }
}
