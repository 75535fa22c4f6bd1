package dev.sightline.wire.csv;

import dev.sightline.model.prediction.Datum;
import java.util.regex.Pattern;

/// What a cell stands for, told from its text alone: rows come one by one, so no other cell of its
/// column can be asked.
///
/// Nothing is a missing value, a decimal number a number, `NaN` as well, `true`, `True` and `TRUE`
/// (`false` likewise) a flag, all else a text. A number that begins with a zero too many is a text:
/// `007` is a name.
public final class CellValue {
  private static final Datum MISSING = new Datum.Missing();
  private static final int MAX_NUMBER_LENGTH = 100;

  // No two quantifiers can match the same characters: linear for any input.
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:(?:0|[1-9]\\d*)(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");

  private CellValue() {}

  public static Datum of(String cell) {
    if (cell.isEmpty()) {
      return MISSING;
    }
    if (cell.length() <= MAX_NUMBER_LENGTH && NUMBER.matcher(cell).matches()) {
      return new Datum.Amount(Double.parseDouble(cell));
    }
    return switch (cell) {
      case "NaN", "nan" -> new Datum.Amount(Double.NaN);
      case "true", "True", "TRUE" -> new Datum.Flag(true);
      case "false", "False", "FALSE" -> new Datum.Flag(false);
      default -> new Datum.Text(cell);
    };
  }
}
