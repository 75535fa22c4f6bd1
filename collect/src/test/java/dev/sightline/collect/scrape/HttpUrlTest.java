package dev.sightline.collect.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpUrlTest {
  @Test
  void readsHostsAsContainersAreCalled() {
    assertThat(HttpUrl.of("http://sentiment_api:8000/m?x=1"))
        .isEqualTo(new HttpUrl("http", "sentiment_api", 8000, "sentiment_api:8000", "/m?x=1"));
    assertThat(HttpUrl.of("https://[::1]"))
        .isEqualTo(new HttpUrl("https", "::1", 443, "[::1]", "/"));
  }
}
