package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.Datum;
import java.util.List;

/// The cells of one column of a file in memory.
interface FileColumn {
  int MISSING = -1;

  Datum datum(int row);

  /// NaN where there is none; flags are 0 and 1.
  double number(int row);

  /// @return the place of the cell's text in [#words], or [#MISSING]
  int code(int row);

  /// The texts of all cells that [#code] was asked for, and maybe of others.
  List<String> words();
}
