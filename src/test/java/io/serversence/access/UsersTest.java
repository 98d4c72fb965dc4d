package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@SuppressWarnings("UnnecessaryAssignment") // put together by hand, without a container
class UsersTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private final FakeUserStore store = new FakeUserStore();

  private Users users(String adminPassword) {
    Users users = new Users();
    users.store = store;
    users.passwords = PasswordsTest.quick();
    users.settings = new AccessSettings(null, adminPassword);
    return users;
  }

  @Test
  void the_first_start_makes_up_a_password_for_admin() {
    Users users = users(null);
    String password = users.start(NOW).orElseThrow();
    assertThat(password).matches("[A-Za-z0-9_-]{20}");
    User admin = users.verify("admin", password).orElseThrow();
    assertThat(admin.role()).isEqualTo(Role.ADMIN);
    assertThat(admin.createdAt()).isEqualTo(NOW);
    assertThat(store.users.get("admin").passwordHash()).doesNotContain(password);

    Users next = users(null);
    assertThat(next.start(NOW)).isEmpty();
    assertThat(next.verify("admin", password)).isPresent();
    assertThat(store.saved).isEqualTo(1);
  }

  @Test
  void a_configured_password_is_set_once_and_told_to_nobody() {
    assertThat(users("one").start(NOW)).isEmpty();
    assertThat(users("one").start(NOW)).isEmpty();
    assertThat(store.saved).isEqualTo(1);
    Users users = users("two");
    assertThat(users.start(NOW)).isEmpty();
    assertThat(store.saved).isEqualTo(2);
    assertThat(users.verify("admin", "one")).isEmpty();
    assertThat(users.verify("admin", "two")).isPresent();
    assertThat(users("three").settings.toString()).doesNotContain("three");
  }

  @Test
  void where_there_are_users_no_password_is_made_up() {
    store.save(new User("ada", Role.ADMIN, "x", true, NOW));
    Users users = users(null);
    assertThat(users.start(NOW)).isEmpty();
    assertThat(store.users).doesNotContainKey("admin");
    assertThat(users.find("ada")).isPresent();
  }

  @Test
  void an_account_that_is_off_is_nobody() {
    store.save(new User("off", Role.ADMIN, PasswordsTest.quick().hash("x"), false, NOW));
    Users users = users("secret");
    users.start(NOW);
    assertThat(users.verify("off", "x")).isEmpty();
    assertThat(users.find("off")).isEmpty();
    assertThat(users.unchanged(store.users.get("off"))).isFalse();
  }

  @Test
  void a_user_is_unchanged_until_something_of_it_changes() {
    Users users = users("secret");
    assertThat(users.unchanged(new User("admin", Role.ADMIN, "x", true, NOW))).isFalse();
    users.start(NOW);
    User admin = users.find("admin").orElseThrow();
    assertThat(users.unchanged(admin)).isTrue();
    assertThat(users.unchanged(admin.withPasswordHash("other"))).isFalse();
    assertThat(users.unchanged(new User("ghost", Role.ADMIN, "x", true, NOW))).isFalse();
    assertThat(admin.toString()).doesNotContain(admin.passwordHash());
    assertThat(users.find("ghost")).isEqualTo(Optional.empty());
  }

  @Test
  void a_role_includes_those_before_it() {
    assertThat(Role.ADMIN.includes(Role.VIEWER)).isTrue();
    assertThat(Role.OPERATOR.includes(Role.OPERATOR)).isTrue();
    assertThat(Role.VIEWER.includes(Role.OPERATOR)).isFalse();
    assertThat(Role.OPERATOR.includes(Role.ADMIN)).isFalse();
    assertThat(new Caller("x", null, false).may(Role.VIEWER)).isFalse();
  }
}
