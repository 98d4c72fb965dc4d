package io.serversence.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serversence.document.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a caller is, with users that are kept in memory and passwords that cost little. */
@SuppressWarnings("UnnecessaryAssignment") // put together by hand, without a container
class LocalGateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private final FakeUserStore store = new FakeUserStore();
  private final HandNanos clock = new HandNanos();
  private final Passwords passwords = PasswordsTest.quick();
  private final Sessions sessions = new Sessions();

  private final Users users = new Users();
  private final LocalGate gate = new LocalGate();

  LocalGateTest() {
    sessions.nanos = clock;
    users.store = store;
    users.passwords = passwords;
    gate.users = users;
    gate.sessions = sessions;
    gate.passwords = passwords;
    start(new AccessSettings(null, "secret"));
    store.save(new User("ada", Role.OPERATOR, passwords.hash("a:b\u20ac"), true, NOW));
    store.save(new User("off", Role.ADMIN, passwords.hash("x"), false, NOW));
    start(new AccessSettings(null, null));
  }

  private void start(AccessSettings settings) {
    users.settings = settings;
    gate.settings = settings;
    users.start(NOW);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static String cookie(String token) {
    return Sessions.COOKIE + "=" + token;
  }

  private void assertUnauthenticated(String authorization) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> gate.identify(authorization, null))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Refused.Reason.UNAUTHENTICATED));
  }

  @Test
  void basic_credentials_tell_a_user() {
    Caller caller = gate.identify(basic("ada:a:b\u20ac"), null);
    assertThat(caller.name()).isEqualTo("ada");
    assertThat(caller.role()).isEqualTo(Role.OPERATOR);
    assertThat(caller.cookie()).isFalse();
    assertThat(caller.anonymous()).isFalse();
    assertThat(gate.identify(basic("admin:secret").replace("Basic", "bASIC"), null).role())
        .isEqualTo(Role.ADMIN);
  }

  @ParameterizedTest
  @CsvSource({
    "ada:wrong",
    "nobody:secret",
    "off:x",
    "admin:",
    "admin",
    "'':''",
    "ADMIN:secret",
    ":secret"
  })
  void wrong_credentials_are_refused(String pair) {
    assertUnauthenticated(basic(pair));
    assertUnauthenticated(basic(pair)); // and not remembered
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic ", "Basic !!!", "Bearer x", "Digest a=b", "x"})
  void other_headers_are_refused(String authorization) {
    assertUnauthenticated(authorization);
  }

  @Property
  void any_header_tells_somebody_or_is_refused(@ForAll String authorization) {
    for (String header : new String[] {authorization, "Basic " + authorization}) {
      try {
        assertThat(gate.identify(header, authorization).role()).isNull();
      } catch (Refused e) {
        assertThat(e.reason()).isEqualTo(Refused.Reason.UNAUTHENTICATED);
      }
    }
  }

  @Test
  void without_credentials_a_caller_is_what_the_settings_say() {
    assertThat(gate.identify(null, null)).isEqualTo(new Caller(null, null, false));
    assertThat(gate.identify(" ", "a=b").role()).isNull();
    start(new AccessSettings(Role.VIEWER, null));
    Caller anonymous = gate.identify(null, null);
    assertThat(anonymous.may(Role.VIEWER)).isTrue();
    assertThat(anonymous.may(Role.OPERATOR)).isFalse();
    assertThat(anonymous.anonymous()).isTrue();
    assertThat(gate.stillValid(anonymous)).isTrue();
    start(new AccessSettings(null, null));
    assertThat(gate.stillValid(anonymous)).isFalse();
    assertUnauthenticated(basic("ada:wrong")); // wrong ones are not made anonymous
  }

  @Test
  void a_session_comes_before_the_header_and_ends_with_the_account() {
    String token = sessions.open(users.find("ada").orElseThrow());
    Caller caller = gate.identify(basic("admin:wrong"), "x=y; " + cookie(token));
    assertThat(caller.name()).isEqualTo("ada");
    assertThat(caller.cookie()).isTrue();
    assertThat(gate.stillValid(caller)).isTrue();

    store.save(new User("ada", Role.VIEWER, store.users.get("ada").passwordHash(), true, NOW));
    start(new AccessSettings(null, null));
    assertThat(gate.stillValid(caller)).isFalse();
    assertThat(gate.identify(null, cookie(token)).name()).isNull();
  }

  @Test
  void of_several_cookies_the_one_that_is_valid_counts() {
    String token = sessions.open(users.find("ada").orElseThrow());
    assertThat(gate.identify(null, cookie("old") + "; " + cookie(token)).name()).isEqualTo("ada");
  }

  @Test
  void a_session_that_ended_proves_nothing_any_more() {
    String token = sessions.open(users.find("ada").orElseThrow());
    Caller caller = gate.identify(null, cookie(token));
    sessions.close(cookie(token));
    assertThat(gate.stillValid(caller)).isFalse();
    String idle = sessions.open(users.find("ada").orElseThrow());
    Caller late = gate.identify(null, cookie(idle));
    clock.pass(Sessions.IDLE.plus(Duration.ofNanos(1)));
    assertThat(gate.stillValid(late)).isFalse();
  }

  @Test
  void what_was_verified_is_forgotten_with_any_change_of_the_user() {
    Caller caller = gate.identify(basic("ada:a:b\u20ac"), null);
    assertThat(gate.stillValid(caller)).isTrue();
    store.save(store.users.get("ada").withPasswordHash(passwords.hash("new")));
    start(new AccessSettings(null, null));
    assertThat(gate.stillValid(caller)).isFalse();
    assertUnauthenticated(basic("ada:a:b\u20ac"));
    Caller again = gate.identify(basic("ada:new"), null);
    assertThat(gate.stillValid(again)).isTrue();
    store.save(new User("ada", Role.OPERATOR, store.users.get("ada").passwordHash(), false, NOW));
    start(new AccessSettings(null, null));
    assertThat(gate.stillValid(again)).isFalse();
    assertUnauthenticated(basic("ada:new"));
  }

  @Test
  void a_verified_credential_costs_no_second_hash() {
    gate.identify(basic("ada:a:b\u20ac"), null);
    passwords.iterations = 10_000_000; // what nobody would wait for
    store.save(store.users.get("admin"));
    assertThat(gate.identify(basic("ada:a:b\u20ac"), null).name()).isEqualTo("ada");
  }

  @Test
  void while_the_users_are_not_loaded_nobody_is_turned_away_for_good() {
    LocalGate early = new LocalGate();
    early.users = new Users();
    early.users.passwords = passwords;
    early.sessions = sessions;
    early.passwords = passwords;
    early.settings = AccessSettings.DEFAULT;
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> early.identify(basic("ada:x"), null))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Refused.Reason.UNAVAILABLE));
    assertThat(early.identify(null, null).role()).isNull();
  }
}
