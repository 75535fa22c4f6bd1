package dev.sightline.collect.relabel;

import dev.sightline.model.label.WholeMatch;
import java.util.List;

/// One step of relabelling, as it stands in `relabel_configs`.
///
/// @param source names of the labels whose values, joined by `separator`, are looked at
/// @param regex must match the whole of the joined values or of a label's name
/// @param modulus of [RelabelAction#HASHMOD]; 0 where there is none
/// @param target name of the label that is written; may refer to groups of the expression
/// @param replacement may refer to groups of the expression: `$1`, `${name}`, `$$`
public record RelabelRule(
    RelabelAction action,
    List<String> source,
    String separator,
    WholeMatch regex,
    long modulus,
    String target,
    String replacement) {
  public static final String DEFAULT_SEPARATOR = ";";
  public static final String DEFAULT_REGEX = "(.*)";
  public static final String DEFAULT_REPLACEMENT = "$1";

  public RelabelRule {
    source = List.copyOf(source);
  }

  /// A rule with the defaults for everything else.
  public static RelabelRule of(
      RelabelAction action, List<String> source, String regex, String target, String replacement) {
    return new RelabelRule(
        action, source, DEFAULT_SEPARATOR, WholeMatch.of(regex), 0, target, replacement);
  }
}
