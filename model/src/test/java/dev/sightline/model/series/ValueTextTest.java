package dev.sightline.model.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValueTextTest {
  private static void check(double value, String want) {
    assertThat(ValueText.of(value)).isEqualTo(want);
    assertThat(Double.valueOf(Double.parseDouble(want.replace("Inf", "Infinity"))))
        .isEqualTo(Double.valueOf(value));
  }

  @Test
  void writesAsGoDoes() {
    check(0, "0");
    check(-0.0, "-0");
    check(1, "1");
    check(-12.5, "-12.5");
    check(100_000, "100000");
    check(1_000_000, "1e+06");
    check(1_234_567, "1.234567e+06");
    check(0.0001, "0.0001");
    check(0.00001, "1e-05");
    check(1.5e300, "1.5e+300");
    check(Double.NEGATIVE_INFINITY, "-Inf");
    check(Double.NaN, "NaN");
    assertThat(ValueText.withFraction(10)).isEqualTo("10.0");
    assertThat(ValueText.withFraction(1e6)).isEqualTo("1e+06");
    assertThat(ValueText.withFraction(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
  }

  @Test
  void writesValuesOfJsonAnswersAsGoDoes() {
    assertThat(ValueText.forJson(1e20)).isEqualTo("100000000000000000000");
    assertThat(ValueText.forJson(1e21)).isEqualTo("1e+21");
    assertThat(ValueText.forJson(0.000001)).isEqualTo("0.000001");
    assertThat(ValueText.forJson(1.5e-7)).isEqualTo("1.5e-07");
    assertThat(ValueText.forJson(-1e-300)).isEqualTo("-1e-300");
    assertThat(ValueText.forJson(-0.0)).isEqualTo("-0");
  }
}
