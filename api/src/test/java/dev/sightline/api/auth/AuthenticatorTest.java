package dev.sightline.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  /// Of `correct horse`.
  private static final String HASH = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

  private static final User ANN = new User("ann", HASH, Set.of(Permission.QUERY));

  private final FakeClock clock = new FakeClock(0);
  private final Authenticator authenticator =
      new Authenticator(
          new AuthConfig(
              List.of(ApiToken.ofSecret("pusher", "s3cret", Set.of(Permission.WRITE))),
              List.of(ANN)),
          clock);

  private static String basic(String name, String password) {
    String pair = name + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private Identity identify(String authorization) {
    return authenticator.identify(authorization, "10.0.0.1");
  }

  @Test
  void nobodyIsAnyoneOnlyWhereAuthenticationIsOff() {
    assertThat(authenticator.identify(null, "10.0.0.1"))
        .isEqualTo(new Identity.Known(Caller.NOBODY));
    assertThat(new Authenticator(AuthConfig.OFF, clock).identify(null, "10.0.0.1"))
        .isEqualTo(new Identity.Known(Caller.ANYONE));
  }

  @Test
  void knowsTokensBySecret() {
    assertThat(identify("Bearer s3cret"))
        .isEqualTo(
            new Identity.Known(new Caller("pusher", Caller.Kind.TOKEN, Set.of(Permission.WRITE))));
    assertThat(identify("bearer s3cret")).isInstanceOf(Identity.Known.class);
    assertThat(identify("Bearer s3cre")).isEqualTo(new Identity.Wrong());
    assertThat(identify("Bearer ")).isEqualTo(new Identity.Wrong());
    assertThat(identify("Digest s3cret")).isEqualTo(new Identity.Wrong());
  }

  @Test
  void knowsUsersByPassword() {
    Identity ann =
        new Identity.Known(new Caller("ann", Caller.Kind.USER, Set.of(Permission.QUERY)));
    assertThat(identify(basic("ann", "correct horse"))).isEqualTo(ann);
    assertThat(identify(basic("ann", "correct horse"))).isEqualTo(ann);
    assertThat(identify(basic("ann", "correct hors"))).isEqualTo(new Identity.Wrong());
    assertThat(identify(basic("bob", "correct horse"))).isEqualTo(new Identity.Wrong());
    assertThat(identify("Basic !!!")).isEqualTo(new Identity.Wrong());
    assertThat(identify(basic("ann", ""))).isEqualTo(new Identity.Wrong());
  }

  @Test
  void guessingBecomesSlowerAndSlower() {
    for (int i = 0; i < 5; i++) {
      assertThat(identify(basic("ann", "guess"))).isEqualTo(new Identity.Wrong());
    }
    assertThat(identify(basic("ann", "guess"))).isEqualTo(new Identity.Throttled(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(identify(basic("ann", "guess"))).isEqualTo(new Identity.Wrong());
    assertThat(identify(basic("ann", "guess"))).isEqualTo(new Identity.Throttled(2));
    assertThat(authenticator.identify(basic("ann", "correct horse"), "10.0.0.2"))
        .isInstanceOf(Identity.Known.class);
  }

  @Test
  void whoIsInStaysInWhileSomeoneGuesses() {
    assertThat(identify(basic("ann", "correct horse"))).isInstanceOf(Identity.Known.class);
    for (int i = 0; i < 10; i++) {
      identify(basic("ann", "guess"));
    }
    assertThat(identify(basic("ann", "guess"))).isInstanceOf(Identity.Throttled.class);
    assertThat(identify(basic("ann", "correct horse"))).isInstanceOf(Identity.Known.class);
  }

  @Test
  void guessingManyNamesIsSlowToo() {
    int hashed = 0;
    for (int i = 0; i < 60; i++) {
      if (identify(basic("user" + i, "guess")) instanceof Identity.Wrong) {
        hashed++;
      }
    }
    assertThat(hashed).isEqualTo(20);
  }

  @Test
  void aNameCannotReachIntoThePassword() {
    assertThat(identify(basic("ann", "correct horse"))).isInstanceOf(Identity.Known.class);
    assertThat(identify(basic("an", "ncorrect horse"))).isEqualTo(new Identity.Wrong());
  }

  @Test
  void refusesConfigurationThatCannotWork() {
    assertThatThrownBy(() -> new User("ann", "plain text", Set.of()))
        .hasMessage("user \"ann\": password must be a bcrypt hash such as $2b$10$…");
    assertThatThrownBy(() -> new User("a:b", HASH, Set.of())).hasMessageContaining("colon");
    assertThatThrownBy(() -> new ApiToken("ci", "abc", Set.of(Permission.QUERY)))
        .hasMessage("token \"ci\": sha256 must be 64 hexadecimal digits");
    assertThatThrownBy(() -> ApiToken.ofSecret("ci", " ", Set.of(Permission.QUERY)))
        .hasMessage("token \"ci\": the secret is empty");
    assertThatThrownBy(() -> new AuthConfig(List.of(), List.of(ANN, ANN)))
        .hasMessage("user \"ann\" is configured twice");
    assertThat(ANN.toString()).doesNotContain(HASH);
  }
}
