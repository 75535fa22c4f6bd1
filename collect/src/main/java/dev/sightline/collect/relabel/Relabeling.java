package dev.sightline.collect.relabel;

import com.google.re2j.Matcher;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Changes label sets by rules, one after the other, as Prometheus does.
public final class Relabeling {
  private Relabeling() {}

  /// @return the changed labels, or null if a rule drops them
  public static @Nullable Labels apply(List<RelabelRule> rules, Labels labels) {
    if (rules.isEmpty()) {
      return labels;
    }
    Labels.Builder changed = labels.toBuilder();
    for (RelabelRule rule : rules) {
      if (!apply(rule, changed)) {
        return null;
      }
    }
    return changed.build();
  }

  /// @return false if the rule drops the labels
  private static boolean apply(RelabelRule rule, Labels.Builder labels) {
    String source = joined(rule, labels);
    switch (rule.action()) {
      case KEEP -> {
        return rule.regex().matches(source);
      }
      case DROP -> {
        return !rule.regex().matches(source);
      }
      case KEEPEQUAL -> {
        return source.equals(labels.get(rule.target()));
      }
      case DROPEQUAL -> {
        return !source.equals(labels.get(rule.target()));
      }
      case REPLACE -> replace(rule, source, labels);
      case HASHMOD -> labels.set(rule.target(), hashModulo(source, rule.modulus()));
      case LOWERCASE -> labels.set(rule.target(), source.toLowerCase(Locale.ROOT));
      case UPPERCASE -> labels.set(rule.target(), source.toUpperCase(Locale.ROOT));
      case LABELMAP -> mapNames(rule, labels);
      case LABELDROP -> removeNames(rule, labels, true);
      case LABELKEEP -> removeNames(rule, labels, false);
    }
    return true;
  }

  private static String joined(RelabelRule rule, Labels.Builder labels) {
    return rule.source().size() == 1
        ? labels.get(rule.source().getFirst())
        : rule.source().stream().map(labels::get).collect(Collectors.joining(rule.separator()));
  }

  private static void replace(RelabelRule rule, String source, Labels.Builder labels) {
    Matcher match = rule.regex().pattern().matcher(source);
    if (!match.find()) {
      return;
    }
    String target = GroupTemplate.expand(rule.target(), match);
    if (!target.isEmpty()) {
      labels.set(target, GroupTemplate.expand(rule.replacement(), match));
    }
  }

  private static void mapNames(RelabelRule rule, Labels.Builder labels) {
    for (Label label : labels.build().toList()) {
      Matcher match = rule.regex().pattern().matcher(label.name());
      if (match.find()) {
        labels.set(GroupTemplate.expand(rule.replacement(), match), label.value());
      }
    }
  }

  private static void removeNames(RelabelRule rule, Labels.Builder labels, boolean matching) {
    for (Label label : labels.build().toList()) {
      if (rule.regex().matches(label.name()) == matching) {
        labels.remove(label.name());
      }
    }
  }

  /// The last eight bytes of the MD5 sum, big-endian and unsigned: other shards count the same way.
  private static String hashModulo(String source, long modulus) {
    try {
      byte[] sum = MessageDigest.getInstance("MD5").digest(source.getBytes(StandardCharsets.UTF_8));
      return Long.toUnsignedString(
          Long.remainderUnsigned(ByteBuffer.wrap(sum).getLong(8), modulus));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("BUG: every JDK has MD5", missing);
    }
  }
}
