package dev.sightline.promql.ast;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions and their signatures.
public enum Function {
  ABS(0, ValueType.VECTOR, ValueType.VECTOR),
  ABSENT(0, ValueType.VECTOR, ValueType.VECTOR),
  ABSENT_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  ACOS(0, ValueType.VECTOR, ValueType.VECTOR),
  ACOSH(0, ValueType.VECTOR, ValueType.VECTOR),
  ASIN(0, ValueType.VECTOR, ValueType.VECTOR),
  ASINH(0, ValueType.VECTOR, ValueType.VECTOR),
  ATAN(0, ValueType.VECTOR, ValueType.VECTOR),
  ATANH(0, ValueType.VECTOR, ValueType.VECTOR),
  AVG_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  CEIL(0, ValueType.VECTOR, ValueType.VECTOR),
  CHANGES(0, ValueType.VECTOR, ValueType.MATRIX),
  CLAMP(0, ValueType.VECTOR, ValueType.VECTOR, ValueType.SCALAR, ValueType.SCALAR),
  CLAMP_MAX(0, ValueType.VECTOR, ValueType.VECTOR, ValueType.SCALAR),
  CLAMP_MIN(0, ValueType.VECTOR, ValueType.VECTOR, ValueType.SCALAR),
  COS(0, ValueType.VECTOR, ValueType.VECTOR),
  COSH(0, ValueType.VECTOR, ValueType.VECTOR),
  COUNT_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  DAY_OF_MONTH(1, ValueType.VECTOR, ValueType.VECTOR),
  DAY_OF_WEEK(1, ValueType.VECTOR, ValueType.VECTOR),
  DAY_OF_YEAR(1, ValueType.VECTOR, ValueType.VECTOR),
  DAYS_IN_MONTH(1, ValueType.VECTOR, ValueType.VECTOR),
  DEG(0, ValueType.VECTOR, ValueType.VECTOR),
  DELTA(0, ValueType.VECTOR, ValueType.MATRIX),
  DERIV(0, ValueType.VECTOR, ValueType.MATRIX),
  DOUBLE_EXPONENTIAL_SMOOTHING(
      0, ValueType.VECTOR, ValueType.MATRIX, ValueType.SCALAR, ValueType.SCALAR),
  END(0, ValueType.SCALAR),
  EXP(0, ValueType.VECTOR, ValueType.VECTOR),
  FIRST_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  FLOOR(0, ValueType.VECTOR, ValueType.VECTOR),
  HISTOGRAM_AVG(0, ValueType.VECTOR, ValueType.VECTOR),
  HISTOGRAM_COUNT(0, ValueType.VECTOR, ValueType.VECTOR),
  HISTOGRAM_FRACTION(0, ValueType.VECTOR, ValueType.SCALAR, ValueType.SCALAR, ValueType.VECTOR),
  HISTOGRAM_QUANTILE(0, ValueType.VECTOR, ValueType.SCALAR, ValueType.VECTOR),
  HISTOGRAM_QUANTILES(
      9, ValueType.VECTOR, ValueType.VECTOR, ValueType.STRING, ValueType.SCALAR, ValueType.SCALAR),
  HISTOGRAM_STDDEV(0, ValueType.VECTOR, ValueType.VECTOR),
  HISTOGRAM_STDVAR(0, ValueType.VECTOR, ValueType.VECTOR),
  HISTOGRAM_SUM(0, ValueType.VECTOR, ValueType.VECTOR),
  HOUR(1, ValueType.VECTOR, ValueType.VECTOR),
  IDELTA(0, ValueType.VECTOR, ValueType.MATRIX),
  INCREASE(0, ValueType.VECTOR, ValueType.MATRIX),
  INFO(1, ValueType.VECTOR, ValueType.VECTOR, ValueType.VECTOR),
  IRATE(0, ValueType.VECTOR, ValueType.MATRIX),
  LABEL_JOIN(
      -1, ValueType.VECTOR, ValueType.VECTOR, ValueType.STRING, ValueType.STRING, ValueType.STRING),
  LABEL_REPLACE(
      0,
      ValueType.VECTOR,
      ValueType.VECTOR,
      ValueType.STRING,
      ValueType.STRING,
      ValueType.STRING,
      ValueType.STRING),
  LAST_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  LN(0, ValueType.VECTOR, ValueType.VECTOR),
  LOG10(0, ValueType.VECTOR, ValueType.VECTOR),
  LOG2(0, ValueType.VECTOR, ValueType.VECTOR),
  MAD_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  MAX_OF(0, ValueType.SCALAR, ValueType.SCALAR, ValueType.SCALAR),
  MAX_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  MIN_OF(0, ValueType.SCALAR, ValueType.SCALAR, ValueType.SCALAR),
  MIN_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  MINUTE(1, ValueType.VECTOR, ValueType.VECTOR),
  MONTH(1, ValueType.VECTOR, ValueType.VECTOR),
  PI(0, ValueType.SCALAR),
  PREDICT_LINEAR(0, ValueType.VECTOR, ValueType.MATRIX, ValueType.SCALAR),
  PRESENT_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  QUANTILE_OVER_TIME(0, ValueType.VECTOR, ValueType.SCALAR, ValueType.MATRIX),
  RAD(0, ValueType.VECTOR, ValueType.VECTOR),
  RANGE(0, ValueType.SCALAR),
  RATE(0, ValueType.VECTOR, ValueType.MATRIX),
  RESETS(0, ValueType.VECTOR, ValueType.MATRIX),
  ROUND(1, ValueType.VECTOR, ValueType.VECTOR, ValueType.SCALAR),
  SCALAR(0, ValueType.SCALAR, ValueType.VECTOR),
  SGN(0, ValueType.VECTOR, ValueType.VECTOR),
  SIN(0, ValueType.VECTOR, ValueType.VECTOR),
  SINH(0, ValueType.VECTOR, ValueType.VECTOR),
  SORT(0, ValueType.VECTOR, ValueType.VECTOR),
  SORT_BY_LABEL(-1, ValueType.VECTOR, ValueType.VECTOR, ValueType.STRING),
  SORT_BY_LABEL_DESC(-1, ValueType.VECTOR, ValueType.VECTOR, ValueType.STRING),
  SORT_DESC(0, ValueType.VECTOR, ValueType.VECTOR),
  SQRT(0, ValueType.VECTOR, ValueType.VECTOR),
  START(0, ValueType.SCALAR),
  START_TIMESTAMP(0, ValueType.VECTOR, ValueType.VECTOR),
  STDDEV_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  STDVAR_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  STEP(0, ValueType.SCALAR),
  SUM_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  TAN(0, ValueType.VECTOR, ValueType.VECTOR),
  TANH(0, ValueType.VECTOR, ValueType.VECTOR),
  TIME(0, ValueType.SCALAR),
  TIMESTAMP(0, ValueType.VECTOR, ValueType.VECTOR),
  TS_OF_FIRST_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  TS_OF_LAST_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  TS_OF_MAX_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  TS_OF_MIN_OVER_TIME(0, ValueType.VECTOR, ValueType.MATRIX),
  VECTOR(0, ValueType.VECTOR, ValueType.SCALAR),
  YEAR(1, ValueType.VECTOR, ValueType.VECTOR);

  private static final Map<String, Function> BY_NAME = new HashMap<>();

  static {
    for (Function function : values()) {
      BY_NAME.put(function.text, function);
    }
  }

  private final String text = name().toLowerCase(Locale.ROOT);
  private final int variadic;
  private final ValueType result;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<ValueType> parameters;

  /// @param variadic how many arguments the last parameter stands for: 0 for exactly one, n for
  ///   none up to n, -1 for any number
  Function(int variadic, ValueType result, ValueType... parameters) {
    this.variadic = variadic;
    this.result = result;
    this.parameters = List.of(parameters);
  }

  public String text() {
    return text;
  }

  public ValueType result() {
    return result;
  }

  /// The type of the argument at `index`, from 0.
  public ValueType parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  /// The types of all parameters, the last of which may stand for more arguments or none.
  public List<ValueType> parameters() {
    return parameters;
  }

  /// How many arguments the last parameter stands for: 0 for exactly one, n for none up to n, -1
  /// for any number.
  public int variadic() {
    return variadic;
  }

  public int minArguments() {
    return variadic == 0 ? parameters.size() : parameters.size() - 1;
  }

  public int maxArguments() {
    return variadic < 0 ? Integer.MAX_VALUE : minArguments() + variadic;
  }

  /// @return null if there is none of this name
  public static @Nullable Function named(String name) {
    return BY_NAME.get(name);
  }
}
