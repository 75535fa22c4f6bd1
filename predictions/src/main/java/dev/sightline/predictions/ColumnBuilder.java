package dev.sightline.predictions;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionColumns.Column;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Wanted;
import dev.sightline.predictions.column.Chunk;
import dev.sightline.predictions.column.WordCodes;
import dev.sightline.predictions.record.DatumText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One column in the making: a value, or none, for each row. Used by one thread.
abstract sealed class ColumnBuilder {
  private final Field field;
  final int batchRows;
  int row = -1;

  ColumnBuilder(Field field, int batchRows) {
    this.field = field;
    this.batchRows = batchRows;
  }

  static ColumnBuilder of(Wanted wanted, int batchRows, int maxWords) {
    return switch (wanted) {
      case Wanted.Numbers(Field field) -> new Numbers(field, batchRows);
      case Wanted.Texts(Field field) -> new Texts(field, batchRows, maxWords);
      case Wanted.Lists(Field field) -> new Lists(field, batchRows);
    };
  }

  Field field() {
    return field;
  }

  /// Goes on to the next row, which has no value yet.
  void begin() {
    row++;
  }

  abstract void put(Datum value);

  abstract void put(double value);

  /// The rows since the last call; the next row is the first of a new column.
  abstract Column take();

  /// Whether columns of this form are stored as such; others are made of rows.
  boolean isStored() {
    return true;
  }

  /// A column that was stored as one. Only where [#isStored].
  abstract Column of(Chunk chunk);

  /// Puts a value in the place of another.
  abstract void replace(Column column, int row, Datum value);

  final void replace(Column column, int at, double value) {
    replace(column, at, new Datum.Amount(value));
  }

  private static final class Numbers extends ColumnBuilder {
    private double[] values;

    Numbers(Field field, int batchRows) {
      super(field, batchRows);
      this.values = absent();
    }

    private double[] absent() {
      double[] fresh = new double[batchRows];
      Arrays.fill(fresh, Double.NaN);
      return fresh;
    }

    @Override
    void put(Datum value) {
      switch (value) {
        case Datum.Amount(double amount) -> put(amount);
        case Datum.Flag(boolean flag) -> put(flag ? 1 : 0);
        case Datum.Missing _, Datum.Text _, Datum.Items _, Datum.Fields _ -> {}
      }
    }

    @Override
    void put(double value) {
      values[row] = value;
    }

    @Override
    Column take() {
      Column column = new Column.Numbers(values);
      values = absent();
      row = -1;
      return column;
    }

    @Override
    Column of(Chunk chunk) {
      return new Column.Numbers(chunk.numbers());
    }

    @Override
    void replace(Column column, int at, Datum value) {
      ((Column.Numbers) column).values()[at] =
          switch (value) {
            case Datum.Amount(double amount) -> amount;
            case Datum.Flag(boolean flag) -> flag ? 1 : 0;
            case Datum.Missing _, Datum.Text _, Datum.Items _, Datum.Fields _ -> Double.NaN;
          };
    }
  }

  private static final class Texts extends ColumnBuilder implements WordCodes {
    private final int maxWords;
    private final Map<String, Integer> codeByWord = new HashMap<>();
    private final Map<Double, Integer> codeByNumber = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private int[] codes;
    private byte[] knownWords = {};
    private int[] knownCodes = {};

    Texts(Field field, int batchRows, int maxWords) {
      super(field, batchRows);
      this.maxWords = maxWords;
      this.codes = absent();
    }

    private int[] absent() {
      int[] fresh = new int[batchRows];
      Arrays.fill(fresh, Column.Texts.ABSENT);
      return fresh;
    }

    @Override
    void put(Datum value) {
      codes[row] = code(value);
    }

    @Override
    void put(double value) {
      codes[row] = number(value);
    }

    private int code(Datum value) {
      return switch (value) {
        case Datum.Amount(double amount) -> number(amount);
        case Datum.Flag(boolean flag) -> flag(flag);
        case Datum.Text(String text) -> text(text);
        case Datum.Missing _, Datum.Items _, Datum.Fields _ -> Column.Texts.ABSENT;
      };
    }

    @Override
    public int number(double value) {
      Integer known = codeByNumber.get(value);
      if (known == null) {
        known = text(DatumText.number(value));
        if (codeByNumber.size() < maxWords) {
          codeByNumber.put(value, known);
        }
      }
      return known;
    }

    @Override
    public int flag(boolean value) {
      return text(value ? "true" : "false");
    }

    @Override
    public int[] known(byte[] stored, int count) {
      if (count != knownCodes.length || !Arrays.equals(stored, knownWords)) {
        knownWords = stored;
        knownCodes = new int[count];
        Arrays.fill(knownCodes, UNKNOWN);
      }
      return knownCodes;
    }

    @Override
    public int text(String word) {
      @Nullable Integer known = codeByWord.get(word);
      if (known != null) {
        return known;
      }
      if (words.size() >= maxWords) {
        return Column.Texts.OTHER;
      }
      int code = words.size();
      words.add(word);
      codeByWord.put(word, code);
      return code;
    }

    @Override
    Column of(Chunk chunk) {
      return new Column.Texts(
          chunk.codes(this, Column.Texts.ABSENT), Collections.unmodifiableList(words));
    }

    @Override
    void replace(Column column, int at, Datum value) {
      ((Column.Texts) column).codes()[at] = code(value);
    }

    @Override
    Column take() {
      Column column = new Column.Texts(codes, Collections.unmodifiableList(words));
      codes = absent();
      row = -1;
      return column;
    }
  }

  private static final class Lists extends ColumnBuilder {
    private static final Datum ABSENT = new Datum.Missing();
    private Datum[] values;

    Lists(Field field, int batchRows) {
      super(field, batchRows);
      this.values = absent();
    }

    private Datum[] absent() {
      Datum[] fresh = new Datum[batchRows];
      Arrays.fill(fresh, ABSENT);
      return fresh;
    }

    @Override
    void put(Datum value) {
      values[row] = value;
    }

    @Override
    void put(double value) {
      values[row] = new Datum.Amount(value);
    }

    @Override
    boolean isStored() {
      return false;
    }

    @Override
    Column of(Chunk chunk) {
      throw new IllegalStateException("BUG: lists are not stored as columns");
    }

    @Override
    void replace(Column column, int at, Datum value) {
      ((Column.Lists) column).values()[at] = value;
    }

    @Override
    Column take() {
      Column column = new Column.Lists(values);
      values = absent();
      row = -1;
      return column;
    }
  }
}
