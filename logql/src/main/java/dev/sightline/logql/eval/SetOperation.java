package dev.sightline.logql.eval;

import dev.sightline.logql.ast.BinaryOperator;
import dev.sightline.logql.ast.Expr;
import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `and`, `or` and `unless`: which series have a partner at each step.
final class SetOperation {
  private final BinaryOperator operator;
  private final Signature signature;
  private final int steps;

  SetOperation(Expr.Binary binary, int steps) {
    this.operator = binary.operator();
    this.signature = Signature.of(binary.matching());
    this.steps = steps;
  }

  List<Row> of(List<Row> left, List<Row> right) {
    if (operator == BinaryOperator.OR) {
      List<Row> both = new ArrayList<>(left);
      both.addAll(filtered(right, presence(left), false));
      return joined(both);
    }
    return filtered(left, presence(right), operator == BinaryOperator.AND);
  }

  private Map<Labels, BitSet> presence(List<Row> rows) {
    Map<Labels, BitSet> present = new HashMap<>();
    for (Row row : rows) {
      BitSet at = present.computeIfAbsent(signature.of(row.labels()), _ -> new BitSet());
      for (int i = 0; i < steps; i++) {
        if (!Absent.is(row.column()[i])) {
          at.set(i);
        }
      }
    }
    return present;
  }

  /// What stands at steps that have, or do not have, a partner.
  private List<Row> filtered(List<Row> rows, Map<Labels, BitSet> present, boolean partnered) {
    List<Row> kept = new ArrayList<>();
    for (Row row : rows) {
      BitSet at = present.getOrDefault(signature.of(row.labels()), new BitSet());
      double[] column = row.column().clone();
      for (int i = 0; i < steps; i++) {
        if (at.get(i) != partnered) {
          column[i] = Absent.VALUE;
        }
      }
      kept.add(new Row(row.labels(), column));
    }
    return kept;
  }

  /// The same labels may come from both sides, at different steps.
  private List<Row> joined(List<Row> rows) {
    Map<Labels, Row> byLabels = new java.util.LinkedHashMap<>();
    for (Row row : rows) {
      Row first = byLabels.putIfAbsent(row.labels(), row);
      for (int i = 0; first != null && i < steps; i++) {
        if (Absent.is(first.column()[i])) {
          first.column()[i] = row.column()[i];
        }
      }
    }
    return List.copyOf(byLabels.values());
  }
}
