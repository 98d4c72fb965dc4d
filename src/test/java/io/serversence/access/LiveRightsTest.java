package io.serversence.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.database.Backend;
import io.serversence.document.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveRightsTest {
  private static final String HERE = "192.0.2.1";

  private final Accounts accounts = new Accounts(Backend.H2_ECLIPSELINK.cleared(), null);
  private final CredentialGate gate = accounts.gate;

  private static String basic(String name, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
  }

  private Caller byBasic(String name) {
    return gate.identify(basic(name, "password of " + name), null, HERE);
  }

  private Caller bySession(User user) {
    return gate.identify(null, Sessions.COOKIE + "=" + accounts.sessions.open(user), HERE);
  }

  private static Refused.Reason refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(Refused.class, c).reason();
  }

  @Test
  void a_token_identifies_its_bearer_by_name_role_and_address() {
    Tokens.Issued issued = accounts.tokens.issue("ci", Role.OPERATOR, null, "admin");
    Caller caller = gate.identify("bearer " + issued.secret(), null, HERE);
    assertThat(caller.name()).isEqualTo("token:ci");
    assertThat(caller.role()).isEqualTo(Role.OPERATOR);
    assertThat(caller.address()).isEqualTo(HERE);
    assertThat(caller.cookie()).isFalse();
    assertThat(gate.stillValid(caller)).isTrue();
  }

  @Test
  void a_deleted_token_proves_nothing_any_more() {
    Tokens.Issued issued = accounts.tokens.issue("ci", Role.OPERATOR, null, "admin");
    Caller caller = gate.identify("Bearer " + issued.secret(), null, HERE);
    accounts.tokens.revoke(issued.token().id());
    assertThat(gate.stillValid(caller)).isFalse();
    assertThat(refusal(() -> gate.identify("Bearer " + issued.secret(), null, HERE)))
        .isEqualTo(Refused.Reason.UNAUTHENTICATED);
  }

  @Test
  void an_expired_token_proves_nothing_from_its_last_moment_on() {
    Instant end = Accounts.NOW.plusSeconds(60);
    Tokens.Issued issued = accounts.tokens.issue("ci", Role.VIEWER, end, "admin");
    Caller caller = gate.identify("Bearer " + issued.secret(), null, HERE);
    accounts.clock.forward(Duration.ofMillis(59_999));
    assertThat(gate.stillValid(caller)).isTrue();
    accounts.clock.forward(Duration.ofMillis(1));
    assertThat(gate.stillValid(caller)).isFalse();
    assertThat(refusal(() -> gate.identify("Bearer " + issued.secret(), null, HERE)))
        .isEqualTo(Refused.Reason.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Bearer x", "Digest x", "Basic", "Basic !", "Basic eA==", "x"})
  void credentials_that_cannot_be_right_are_refused(String authorization) {
    assertThat(refusal(() -> gate.identify(authorization, null, HERE)))
        .isEqualTo(Refused.Reason.UNAUTHENTICATED);
  }

  @Test
  void a_change_of_role_ends_sessions_remembered_credentials_and_streams() {
    User ann = accounts.add("ann", Role.OPERATOR);
    Caller script = byBasic("ann");
    Caller browser = bySession(ann);
    assertThat(gate.stillValid(script)).isTrue();
    assertThat(gate.stillValid(browser)).isTrue();

    accounts.users.change("ann", null, Role.VIEWER, null, null);

    assertThat(gate.stillValid(script)).isFalse();
    assertThat(gate.stillValid(browser)).isFalse();
    assertThat(byBasic("ann").role()).isEqualTo(Role.VIEWER);
  }

  @Test
  void a_change_of_password_ends_them_too() {
    User ann = accounts.add("ann", Role.OPERATOR);
    Caller script = byBasic("ann");
    Caller browser = bySession(ann);

    accounts.users.change("ann", null, null, accounts.passwords.hash("another"), null);

    assertThat(gate.stillValid(script)).isFalse();
    assertThat(gate.stillValid(browser)).isFalse();
    assertThat(refusal(() -> byBasic("ann"))).isEqualTo(Refused.Reason.UNAUTHENTICATED);
  }

  @Test
  void so_do_disabling_and_removal_even_if_another_of_the_same_name_comes() {
    accounts.add("ann", Role.OPERATOR);
    Caller disabled = byBasic("ann");
    accounts.users.change("ann", null, null, null, false);
    assertThat(gate.stillValid(disabled)).isFalse();
    assertThat(refusal(() -> byBasic("ann"))).isEqualTo(Refused.Reason.UNAUTHENTICATED);

    accounts.users.change("ann", null, null, null, true);
    Caller removed = byBasic("ann");
    accounts.users.remove("ann", null);
    assertThat(gate.stillValid(removed)).isFalse();
    accounts.users.add(new User("ann", Role.OPERATOR, "x", true, Accounts.NOW.plusSeconds(9), 3));
    assertThat(gate.stillValid(removed)).isFalse();
  }

  @Test
  void nobody_elses_rights_end() {
    accounts.add("ann", Role.OPERATOR);
    accounts.add("bob", Role.OPERATOR);
    Caller bob = byBasic("bob");
    accounts.users.remove("ann", null);
    assertThat(gate.stillValid(bob)).isTrue();
  }

  @Test
  void after_too_many_failures_not_even_the_right_password_is_tried_from_there() {
    accounts.add("ann", Role.VIEWER);
    for (int i = 0; i < LoginLimits.PER_ACCOUNT; i++) {
      String wrong = basic("ann", "wrong " + i);
      assertThat(refusal(() -> gate.identify(wrong, null, HERE)))
          .isEqualTo(Refused.Reason.UNAUTHENTICATED);
    }
    assertThat(refusal(() -> byBasic("ann"))).isEqualTo(Refused.Reason.TOO_MANY);
    assertThat(gate.identify(basic("ann", "password of ann"), null, "192.0.2.2").name())
        .isEqualTo("ann");
  }

  @Test
  void credentials_that_were_right_a_moment_ago_go_on_while_guesses_are_stopped() {
    accounts.add("ann", Role.VIEWER);
    byBasic("ann");
    for (int i = 0; i < 50; i++) {
      String wrong = basic("ann", "wrong " + i);
      assertThatThrownBy(() -> gate.identify(wrong, null, HERE)).isInstanceOf(Refused.class);
    }
    assertThat(byBasic("ann").name()).isEqualTo("ann");
  }

  @Test
  void failed_logins_are_in_the_audit_without_what_was_typed() {
    accounts.add("ann", Role.VIEWER);
    for (String name : new String[] {"ann", "my secret password"}) {
      assertThatThrownBy(() -> gate.identify(basic(name, "wrong"), null, HERE))
          .isInstanceOf(Refused.class);
    }
    assertThatThrownBy(() -> gate.identify("Bearer wrong", null, HERE)).isInstanceOf(Refused.class);
    accounts.audit.writeBatch();

    var entries =
        accounts.auditStore.page(null, Instant.EPOCH, Instant.now().plusSeconds(60), null, 10);

    assertThat(entries).hasSize(3);
    assertThat(entries).extracting(AuditEntry::actor).containsExactlyInAnyOrder("ann", null, null);
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(entry.operation()).isEqualTo("login");
              assertThat(entry.status()).isEqualTo(401);
              assertThat(entry.address()).isEqualTo(HERE);
              assertThat(entry.toString()).doesNotContain("wrong").doesNotContain("secret");
            });
  }
}
