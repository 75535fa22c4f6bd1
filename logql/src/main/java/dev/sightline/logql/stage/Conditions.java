package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Condition;
import dev.sightline.logql.ast.Condition.Comparison;
import dev.sightline.logql.parse.Addresses;
import dev.sightline.logql.parse.Quantities;
import dev.sightline.model.label.Matcher;

/// What label filters ask of a line.
final class Conditions {
  private static final String ERROR_KIND = "LabelFilterErr";

  private Conditions() {}

  /// A filter made ready.
  static Step step(Condition condition) {
    Check check = check(condition);
    return line -> check.holds(line.labels());
  }

  private interface Check {
    boolean holds(LineLabels labels);
  }

  private static Check check(Condition condition) {
    return switch (condition) {
      case Condition.Both(Condition left, Condition right) -> {
        Check one = check(left);
        Check other = check(right);
        yield labels -> one.holds(labels) && other.holds(labels);
      }
      case Condition.Either(Condition left, Condition right) -> {
        Check one = check(left);
        Check other = check(right);
        yield labels -> one.holds(labels) || other.holds(labels);
      }
      case Condition.Text(Matcher matcher) -> labels -> matcher.matches(labels.get(matcher.name()));
      case Condition.Numeric n -> quantity(n.label(), n.comparison(), n.value(), NUMBER);
      case Condition.Duration d ->
          quantity(d.label(), d.comparison(), (double) d.valueNs(), Conditions::durationNs);
      case Condition.Bytes b ->
          quantity(b.label(), b.comparison(), (double) b.valueBytes(), Conditions::sizeBytes);
      case Condition.Ip(String label, boolean equal, String pattern) -> {
        Addresses addresses = Addresses.of(pattern);
        yield labels -> address(labels, label, addresses, equal);
      }
    };
  }

  /// Reads the value of a label; NaN if it is none.
  interface Reading {
    double read(String text);
  }

  private static final Reading NUMBER = Conditions::number;

  static double number(String text) {
    try {
      return text.isEmpty() || text.length() > 64 ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  static double durationNs(String text) {
    long ns = Quantities.durationNs(text);
    return ns == Quantities.NONE ? Double.NaN : ns;
  }

  static double sizeBytes(String text) {
    long bytes = Quantities.sizeBytes(text);
    return bytes == Quantities.NONE ? Double.NaN : bytes;
  }

  /// A line without the label falls away; one whose label cannot be read stays, with an error.
  private static Check quantity(
      String label, Comparison comparison, double wanted, Reading reading) {
    return labels -> {
      if (!labels.error().isEmpty()) {
        return true;
      }
      String text = labels.get(label);
      if (text.isEmpty()) {
        return false;
      }
      double value = reading.read(text);
      if (Double.isNaN(value)) {
        labels.fail(ERROR_KIND, "cannot read " + label + "=\"" + text + "\" as a quantity");
        return true;
      }
      return comparison.holds(value, wanted);
    };
  }

  private static boolean address(
      LineLabels labels, String label, Addresses addresses, boolean equal) {
    if (!labels.error().isEmpty()) {
      return true;
    }
    String text = labels.get(label);
    return !text.isEmpty() && addresses.contains(text) == equal;
  }
}
