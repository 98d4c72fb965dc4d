package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class UserStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");

  @Parameter Backend backend;

  private UserStore users;

  @BeforeEach
  void open() {
    users = new UserStore(backend.cleared());
  }

  private static User user(String name, Role role) {
    return new User(name, role, "pbkdf2-sha256$600000$c2FsdA$aGFzaA", true, NOW);
  }

  @Test
  void at_first_there_is_nobody() {
    assertThat(users.all()).isEmpty();
  }

  @Test
  void a_saved_user_is_read_back_as_it_was() {
    User admin = user("admin", Role.ADMIN);
    User odd = new User("o'Brien 💥 \"x\"", Role.OPERATOR, "h".repeat(500), false, NOW);
    users.save(admin);
    users.save(odd);
    assertThat(users.all()).containsExactly(admin, odd);
  }

  @Test
  void saving_again_replaces_the_user_of_that_name() {
    users.save(user("ann", Role.VIEWER));
    users.save(user("bob", Role.VIEWER));
    User promoted = user("ann", Role.ADMIN).withPasswordHash("new");
    users.save(promoted);
    assertThat(users.all()).containsExactly(promoted, user("bob", Role.VIEWER));
  }

  @Test
  void names_that_differ_in_case_are_two() {
    users.save(user("Ann", Role.VIEWER));
    users.save(user("ann", Role.ADMIN));
    assertThat(users.all()).hasSize(2);
  }
}
