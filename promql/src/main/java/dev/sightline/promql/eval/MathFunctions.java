package dev.sightline.promql.eval;

import dev.sightline.promql.ast.Function;
import java.util.function.DoubleUnaryOperator;

/// Functions of one number, applied to each value of a vector.
final class MathFunctions {
  private static final double LN_2 = Math.log(2);

  private MathFunctions() {}

  static DoubleUnaryOperator of(Function function) {
    return switch (function) {
      case ABS -> Math::abs;
      case ACOS -> Math::acos;
      case ACOSH -> x -> Math.log(x + Math.sqrt(x * x - 1));
      case ASIN -> Math::asin;
      case ASINH -> x -> Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x);
      case ATAN -> Math::atan;
      case ATANH -> x -> 0.5 * Math.log1p(2 * x / (1 - x));
      case CEIL -> Math::ceil;
      case COS -> Math::cos;
      case COSH -> Math::cosh;
      case DEG -> x -> x * 180 / Math.PI;
      case EXP -> Math::exp;
      case FLOOR -> Math::floor;
      case LN -> Math::log;
      case LOG10 -> Math::log10;
      case LOG2 -> MathFunctions::log2;
      case RAD -> x -> x * Math.PI / 180;
      case SGN -> Math::signum;
      case SIN -> Math::sin;
      case SINH -> Math::sinh;
      case SQRT -> Math::sqrt;
      case TAN -> Math::tan;
      case TANH -> Math::tanh;
      default -> throw new IllegalStateException("BUG: no function of one number: " + function);
    };
  }

  /// To the nearest multiple, halves upwards.
  static double round(double value, double multiple) {
    // Division by the inverse, as Prometheus does: it keeps 0.1 exact where multiplication does
    // not.
    double inverse = 1 / multiple;
    return Math.floor(value * inverse + 0.5) / inverse;
  }

  /// Exact for powers of two.
  private static double log2(double value) {
    int exponent = Math.getExponent(value);
    boolean power = value > 0 && exponent >= Double.MIN_EXPONENT && exponent <= 1023;
    return power && value == Math.scalb(1.0, exponent) ? exponent : Math.log(value) / LN_2;
  }
}
