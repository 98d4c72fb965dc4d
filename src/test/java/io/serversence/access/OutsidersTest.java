package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.config.Network;
import io.serversence.database.Backend;
import io.serversence.document.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsidersTest {
  private static final String PROXY = "192.0.2.10";
  private static final ClientAddress CLIENT =
      new ClientAddress(List.of(Network.parse(PROXY)), new ProxyHeaders("R-User", "R-Groups"));

  private final Accounts accounts = new Accounts(Backend.H2_ECLIPSELINK.cleared(), null);
  private final HandNanos time = new HandNanos();

  private static Vouched vouched(String name, String... groups) {
    return new Vouched(name, Set.of(groups));
  }

  private Caller identify(Vouched vouched) {
    accounts.gate.nanos = time;
    return accounts.gate.identify(null, null, PROXY, vouched);
  }

  private static Vouched said(String peer, Map<String, List<String>> headers) {
    return CLIENT.vouched(peer, name -> headers.getOrDefault(name, List.of()));
  }

  @Test
  void the_highest_role_of_any_group_counts() {
    RoleMapping mapping = RoleMapping.parse("operator=ops, admin=chiefs,admin=owners,viewer=*");
    assertThat(mapping.of(Set.of("ops", "owners"))).contains(Role.ADMIN);
    assertThat(mapping.of(Set.of("ops"))).contains(Role.OPERATOR);
    assertThat(mapping.of(Set.of("OPS"))).contains(Role.VIEWER);
    assertThat(RoleMapping.parse("admin=chiefs").of(Set.of("*"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "admin", "admin=", "root=ops", "admin=ops,", "=ops"})
  void what_is_no_mapping_is_refused(String text) {
    assertThatThrownBy(() -> RoleMapping.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_a_proxy_is_believed_and_only_one_line_of_it() {
    Map<String, List<String>> headers =
        Map.of("R-User", List.of("zoe"), "R-Groups", List.of("ops, staff,"));
    assertThat(said(PROXY, headers)).isEqualTo(vouched("zoe", "ops", "staff"));
    assertThat(said("192.0.2.11", headers)).isNull();
    assertThat(said(PROXY, Map.of("R-User", List.of("zoe", "admin")))).isNull();
    assertThat(said(PROXY, Map.of("R-User", List.of("zoe"), "R-Groups", List.of("a", "b"))))
        .isEqualTo(vouched("zoe"));
    assertThat(said(PROXY, Map.of("R-Groups", List.of("ops")))).isNull();
    assertThat(new ClientAddress(CLIENT.proxies()).vouched(PROXY, headers::get)).isNull();
  }

  @Test
  void whom_a_proxy_names_is_known_by_that_name_and_needs_the_checks_of_a_cookie() {
    Caller caller = identify(vouched("zoe", "ops"));
    assertThat(caller.name()).isEqualTo("zoe");
    assertThat(caller.role()).isEqualTo(Role.OPERATOR);
    assertThat(caller.cookie()).isTrue();
    assertThat(accounts.gate.stillValid(caller)).isTrue();
    time.pass(CredentialGate.OUTSIDE_LIFE);
    assertThat(accounts.gate.stillValid(caller)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "Admin", "token:ci", "a\u0000b"})
  void nobody_from_outside_takes_a_local_name(String name) {
    assertThatThrownBy(() -> identify(vouched(name, "chiefs"))).isInstanceOf(Refused.class);
  }

  @Test
  void who_has_no_group_with_a_role_is_refused() {
    assertThatThrownBy(() -> identify(vouched("zoe", "staff"))).hasMessageContaining("groups");
  }

  @Test
  void a_session_from_outside_ends_after_half_a_day_or_when_a_local_user_gets_the_name() {
    accounts.sessions.nanos = time;
    User zoe = accounts.outsiders.admit(vouched("zoe", "ops"), Accounts.NOW);
    String cookie = Sessions.COOKIE + "=" + accounts.sessions.open(zoe);
    time.pass(Duration.ofHours(11));
    assertThat(accounts.gate.identify(null, cookie, PROXY).name()).isEqualTo("zoe");
    accounts.add("Zoe", Role.VIEWER);
    assertThat(accounts.gate.identify(null, cookie, PROXY).name()).isNull();
    accounts.users.remove("Zoe", null);
    time.pass(Duration.ofMinutes(61));
    assertThat(accounts.gate.identify(null, cookie, PROXY).name()).isNull();
  }
}
