package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.QueryException;
import dev.sightline.promql.ast.BinaryOperator;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.Matching;
import dev.sightline.promql.ast.Matching.Cardinality;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An arithmetic operator or comparison between the partners of two vectors.
final class VectorMatching {
  /*
   * One side, the one that may have only one element in a group of equal signatures at each step, is kept in
   * a table by signature; the other, called the many side, streams past it (in one-to-one matching: the left).
   * Whether partners are unique is a question of single steps: two series of a group may take turns.
   */
  private final Evaluator evaluator;
  private final Expr.Binary binary;
  private final Matching matching;
  private final Signature signature;
  private final boolean manyIsLeft;
  private final @Nullable Double fillMany;
  private final @Nullable Double fillOne;
  private final Map<Labels, Group> groups = new LinkedHashMap<>();
  private final BitSet manyPresent = new BitSet();

  /// of the pair at hand, lent to the sink
  private final double[] result;

  VectorMatching(Evaluator evaluator, Expr.Binary binary) {
    this.evaluator = evaluator;
    this.binary = binary;
    this.matching = binary.matching();
    this.signature = Signature.of(matching);
    this.result = new double[evaluator.grid().count()];
    this.manyIsLeft = matching.cardinality() != Cardinality.ONE_TO_MANY;
    // In one-to-many matching too, `fill_left` stands for the many side: so Prometheus has it.
    this.fillMany = matching.fillLeft();
    this.fillOne = matching.fillRight();
  }

  /// The elements of one signature.
  private static final class Group {
    private final Labels signature;
    private final List<Row> ones = new ArrayList<>();

    /// steps at which an element of the many side was seen
    private final BitSet matched = new BitSet();

    /// steps by the labels of results, where several results share a group
    private final Map<Labels, BitSet> results = new LinkedHashMap<>();

    /// steps at which the one side has an element
    private final BitSet present = new BitSet();

    /// steps at which it has more than one
    private final BitSet conflicts = new BitSet();

    Group(Labels signature) {
      this.signature = signature;
    }
  }

  void evaluate(ColumnSink sink) {
    for (Row one : evaluator.rows(manyIsLeft ? binary.right() : binary.left())) {
      addOne(one);
    }
    evaluator.vector(
        manyIsLeft ? binary.left() : binary.right(),
        (MixedSink)
            (labels, dropName, column, histograms) ->
                match(new Row(labels, dropName, column, histograms), sink));
    for (Group group : groups.values()) {
      if (group.conflicts.intersects(manyPresent)
          || (fillMany != null && !group.conflicts.isEmpty())) {
        throw duplicates(group);
      }
    }
    if (fillMany != null) {
      fillMany(fillMany, sink);
    }
  }

  private void addOne(Row one) {
    Group group = groups.computeIfAbsent(signature.of(one.labels()), Group::new);
    BitSet present = presence(one);
    BitSet shared = (BitSet) present.clone();
    shared.and(group.present);
    group.conflicts.or(shared);
    group.present.or(present);
    group.ones.add(one);
  }

  private void match(Row many, ColumnSink sink) {
    double[] column = many.column();
    BitSet present = presence(many);
    manyPresent.or(present);
    evaluator.run().budget().work(column.length);
    Labels key = signature.of(many.labels());
    Group group = fillOne == null ? groups.get(key) : groups.computeIfAbsent(key, Group::new);
    if (group == null) {
      return;
    }
    if (group.conflicts.intersects(present)) {
      throw duplicates(group);
    }
    BitSet unmatched = new BitSet();
    markMany(group, present, unmatched);
    for (Row one : group.ones) {
      combine(group, many, one, sink);
    }
    if (fillOne != null && !unmatched.isEmpty()) {
      double[] filler = Absent.column(column.length);
      unmatched.stream().forEach(i -> filler[i] = fillOne);
      combine(group, many, new Row(Labels.EMPTY, false, filler), sink);
    }
  }

  private static BitSet presence(Row row) {
    return HistogramColumns.presence(row.column(), row.histograms());
  }

  /// Marks the steps at which the group has an element of the many side, and those without a
  /// partner.
  private void markMany(Group group, BitSet present, BitSet unmatched) {
    for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
      boolean partner = group.present.get(i);
      if (!partner) {
        unmatched.set(i);
      }
      boolean again = group.matched.get(i);
      if (again
          && (partner || fillOne != null)
          && matching.cardinality() == Cardinality.ONE_TO_ONE) {
        throw new QueryException.Failed(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
      }
      group.matched.set(i);
    }
  }

  private void combine(Group group, Row many, Row one, ColumnSink sink) {
    evaluator.run().budget().work(result.length);
    Labels labels = resultLabels(many.labels(), one.labels());
    BitSet taken =
        matching.cardinality() == Cardinality.ONE_TO_ONE
            ? null
            : group.results.computeIfAbsent(labels, _ -> new BitSet());
    Row left = manyIsLeft ? many : one;
    Row right = manyIsLeft ? one : many;
    BinaryOperator operator = binary.operator();
    boolean keepsName = !operator.isArithmetic() && !binary.bool();
    boolean dropName = many.dropName() || !keepsName;
    if (left.histograms() == null && right.histograms() == null && !operator.isTrim()) {
      combineFloats(left.column(), right.column(), taken);
      sink.accept(labels, dropName, result);
    } else {
      @Nullable NativeHistogram[] histograms = new NativeHistogram[result.length];
      combineMixed(left, right, taken, histograms);
      sink.accept(labels, dropName, result, histograms);
    }
  }

  private void combineFloats(double[] left, double[] right, @Nullable BitSet taken) {
    for (int i = 0; i < result.length; i++) {
      if (Absent.is(left[i]) || Absent.is(right[i])) {
        result[i] = Absent.VALUE;
        continue;
      }
      if (taken != null) {
        claim(taken, i);
      }
      result[i] = apply(left[i], right[i]);
    }
  }

  private void combineMixed(
      Row left, Row right, @Nullable BitSet taken, @Nullable NativeHistogram[] histograms) {
    HistogramOperation operation = new HistogramOperation(binary, evaluator.run().notes());
    for (int i = 0; i < result.length; i++) {
      result[i] = Absent.VALUE;
      if (!left.hasValueAt(i) || !right.hasValueAt(i)) {
        continue;
      }
      if (taken != null) {
        claim(taken, i);
      }
      NativeHistogram leftHistogram = left.histogramAt(i);
      NativeHistogram rightHistogram = right.histogramAt(i);
      boolean floats = leftHistogram == null && rightHistogram == null;
      if (floats && !binary.operator().isTrim()) {
        result[i] = apply(left.column()[i], right.column()[i]);
        continue;
      }
      operation.apply(left.column()[i], leftHistogram, right.column()[i], rightHistogram);
      result[i] = operation.value();
      histograms[i] = operation.histogram();
    }
  }

  private static void claim(BitSet taken, int step) {
    if (taken.get(step)) {
      throw new QueryException.Failed(
          "multiple matches for labels: grouping labels must ensure unique matches");
    }
    taken.set(step);
  }

  private double apply(double left, double right) {
    BinaryOperator operator = binary.operator();
    if (operator.isComparison() && !binary.bool()) {
      return Arithmetic.holds(operator, left, right) ? left : Absent.VALUE;
    }
    return Arithmetic.apply(operator, left, right);
  }

  private Labels resultLabels(Labels many, Labels one) {
    Labels labels = binary.operator().isArithmetic() ? Names.removed(many) : many;
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      if (matching.on()) {
        return labels.keeping(matching.labels());
      }
      return matching.labels().isEmpty()
          ? labels
          : labels.without(matching.labels().toArray(new String[0]));
    }
    if (matching.include().isEmpty()) {
      return labels;
    }
    Labels.Builder builder = labels.toBuilder();
    for (String name : matching.include()) {
      builder.set(name, one.get(name));
    }
    return builder.build();
  }

  /// Elements of the one side that nothing came to match, with the value that stands for it.
  private void fillMany(double value, ColumnSink sink) {
    for (Group group : groups.values()) {
      for (Row one : group.ones) {
        double[] filler = Absent.column(one.column().length);
        for (int i = 0; i < filler.length; i++) {
          if (!group.matched.get(i)) {
            filler[i] = value;
          }
        }
        combine(group, new Row(group.signature, false, filler), one, sink);
      }
    }
  }

  private QueryException duplicates(Group group) {
    int step = group.conflicts.nextSetBit(0);
    String both =
        group.ones.stream()
            .filter(one -> one.hasValueAt(step))
            .limit(2)
            .map(Row::labels)
            .sorted()
            .map(Labels::toString)
            .collect(Collectors.joining(", "));
    return new QueryException.Failed(
        "found duplicate series for the match group "
            + group.signature
            + " on the "
            + (manyIsLeft ? "right" : "left")
            + " hand-side of the operation: ["
            + both
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }
}
