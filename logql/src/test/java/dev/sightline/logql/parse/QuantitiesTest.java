package dev.sightline.logql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantitiesTest {
  private static void duration(String text, long ns) {
    assertThat(Quantities.durationNs(text)).as(text).isEqualTo(ns);
  }

  private static void size(String text, long bytes) {
    assertThat(Quantities.sizeBytes(text)).as(text).isEqualTo(bytes);
  }

  @Test
  void readsDurations() {
    duration("1h30m", 5_400_000_000_000L);
    duration("1.5s", 1_500_000_000L);
    duration("-100ms", -100_000_000L);
    duration("3µs", 3_000L);
    duration("2d", 172_800_000_000_000L);
    duration("0", 0);
    for (String none : new String[] {"", "5", "s", "1x", "-", ".s", "1h 3m", "99999999999y"}) {
      duration(none, Quantities.NONE);
    }
  }

  @Test
  void readsSizes() {
    size("512", 512);
    size("10KB", 10_000);
    size("1.5 MiB", 1_572_864);
    size("2gb", 2_000_000_000L);
    size("7k", 7_000);
    for (String none : new String[] {"", "KB", "1x", "1KBs", "-1"}) {
      size(none, Quantities.NONE);
    }
  }

  @Test
  void readsAddresses() {
    assertThat(Addresses.of("10.0.0.0/8").contains("10.255.0.1")).isTrue();
    assertThat(Addresses.of("10.0.0.0/8").contains("11.0.0.1")).isFalse();
    assertThat(Addresses.of("192.168.4.5-192.168.4.20").contains("192.168.4.20")).isTrue();
    assertThat(Addresses.of("192.168.4.5-192.168.4.20").contains("192.168.4.21")).isFalse();
    assertThat(Addresses.of("2001:db8::/32").contains("2001:db8:0:1::7")).isTrue();
    assertThat(Addresses.of("::1").contains("0:0:0:0:0:0:0:1")).isTrue();
    assertThat(Addresses.of("::1").contains("127.0.0.1")).isFalse();
    for (String bad :
        new String[] {"", "1.2.3", "1.2.3.256", "1::2::3", "10.0.0.0/33", "2.0.0.0-1.0.0.0"}) {
      assertThat(Addresses.isValid(bad)).as(bad).isFalse();
    }
  }
}
