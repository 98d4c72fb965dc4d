package io.serversence.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serversence.database.Backend;
import io.serversence.document.Refused;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords of the directory, beside those of local users. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectorySignInTest {
  private static final String HERE = "192.0.2.1";

  private final Accounts accounts = new Accounts(Backend.H2_ECLIPSELINK.cleared(), null);
  private final TestDirectory directory = new TestDirectory();
  private final HandNanos time = new HandNanos();

  @BeforeEach
  void connect() throws Exception {
    LdapIdentityStore store = new LdapIdentityStore();
    store.settings =
        LdapIdentityStoreTest.settings(directory.plainUrl(), false, LdapSettings.USER_FILTER);
    store.patience = Duration.ofSeconds(30);
    accounts.directory.settings = store.settings;
    accounts.directory.store = store;
    accounts.directory.patience = store.patience;
    accounts.directory.threads = Executors.newCachedThreadPool();
    accounts.sessions.nanos = time;
    accounts.rights.nanos = time;
    directory.group("ops", "ada");
  }

  @AfterEach
  void close() {
    accounts.directory.threads.shutdownNow();
    directory.close();
  }

  private Caller basic(String name, String password) {
    String pair = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    return accounts.gate.identify("Basic " + pair, null, HERE);
  }

  private Refused.Reason refusal(String name, String password) {
    Refused refused = catchThrowableOfType(Refused.class, () -> basic(name, password));
    assertThat(refused).as(name).isNotNull();
    return refused.reason();
  }

  private String signedIn(String name) {
    User user =
        accounts.gate.logins.password(name, TestDirectory.password(name), HERE, Logins.SESSION);
    return Sessions.COOKIE + "=" + accounts.sessions.open(user);
  }

  private Caller byCookie(String cookie) {
    return accounts.gate.identify(null, cookie, HERE);
  }

  @Test
  void groups_of_the_directory_are_roles_here() {
    Caller ada = basic("ADA", "secret of ada");
    assertThat(ada.name()).isEqualTo("ada");
    assertThat(ada.role()).isEqualTo(Role.OPERATOR);
    assertThat(basic("grace", "secret of grace").role()).isEqualTo(Role.ADMIN);
    assertThat(refusal("joe", "secret of joe")).isEqualTo(Refused.Reason.FORBIDDEN);
    assertThat(refusal("ada", "wrong")).isEqualTo(Refused.Reason.UNAUTHENTICATED);
    assertThat(refusal("ada", "")).isEqualTo(Refused.Reason.UNAUTHENTICATED);
  }

  @Test
  void a_local_name_is_never_the_directorys_in_any_case_of_its_letters() {
    for (String name : new String[] {"admin", "Admin", " ADMIN"}) {
      assertThat(refusal(name, "secret of admin")).isEqualTo(Refused.Reason.UNAUTHENTICATED);
    }
    assertThat(basic("admin", "the admin's password").role()).isEqualTo(Role.ADMIN);
    assertThat(directory.steps()).isZero();
  }

  @Test
  void what_was_proved_a_moment_ago_costs_no_further_question() {
    basic("ada", "secret of ada");
    int steps = directory.steps();
    basic("ada", "secret of ada");
    assertThat(directory.steps()).isEqualTo(steps);
  }

  @Test
  void wrong_passwords_are_limited_as_those_of_local_users_are_in_any_case_of_the_name() {
    for (int i = 0; i < LoginLimits.PER_ACCOUNT; i++) {
      assertThat(refusal(i % 2 == 0 ? "ada" : "Ada", "wrong " + i))
          .isEqualTo(Refused.Reason.UNAUTHENTICATED);
    }
    int steps = directory.steps();
    assertThat(refusal("ada", "secret of ada")).isEqualTo(Refused.Reason.TOO_MANY);
    assertThat(directory.steps()).isEqualTo(steps);
  }

  @Test
  void without_the_directory_local_users_sign_in_and_nobody_is_counted_as_wrong() {
    directory.refuse();
    for (int i = 0; i < 2 * LoginLimits.PER_PLACE; i++) {
      assertThat(refusal("ada", "secret of ada")).isEqualTo(Refused.Reason.UNAVAILABLE);
    }
    assertThat(basic("admin", "the admin's password").role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void a_session_ends_a_quarter_of_an_hour_after_the_directory_took_the_role_away()
      throws Exception {
    String cookie = signedIn("ada");
    directory.group("ops");
    assertThat(byCookie(cookie).name()).isEqualTo("ada");
    time.pass(DirectoryRights.EVERY);

    Caller last = byCookie(cookie); // it is used, so that the directory is asked again
    until(() -> !accounts.gate.stillValid(last));

    assertThat(byCookie(cookie).name()).isNull();
  }

  @Test
  void a_session_goes_on_while_the_role_is_the_same_or_the_directory_away() throws Exception {
    String cookie = signedIn("ada");
    time.pass(DirectoryRights.EVERY);
    int steps = directory.steps();
    byCookie(cookie);
    until(() -> directory.steps() == steps + 3);
    assertThat(byCookie(cookie).name()).isEqualTo("ada");

    directory.refuse();
    time.pass(DirectoryRights.EVERY);
    byCookie(cookie);
    until(() -> accounts.directory.failures() == 1);
    assertThat(byCookie(cookie).role()).isEqualTo(Role.OPERATOR);

    directory.listen();
    directory.remove("ada");
    time.pass(DirectoryRights.AGAIN);
    byCookie(cookie);
    until(() -> byCookie(cookie).name() == null);
  }

  @Test
  void beyond_ten_thousand_sessions_the_one_that_began_first_is_looked_up_no_more() {
    User first = User.fromOutside("first", Role.VIEWER, Accounts.NOW);
    accounts.rights.remember(first);
    for (int i = 1; i < DirectoryRights.MOST; i++) {
      accounts.rights.remember(User.fromOutside("user-" + i, Role.VIEWER, Accounts.NOW));
    }
    assertThat(accounts.rights.remembered()).isEqualTo(DirectoryRights.MOST);

    accounts.rights.remember(User.fromOutside("one more", Role.VIEWER, Accounts.NOW));

    assertThat(accounts.rights.remembered()).isEqualTo(DirectoryRights.MOST);
    time.pass(DirectoryRights.EVERY);
    int steps = directory.steps();
    assertThat(accounts.rights.hold(first)).isTrue();
    assertThat(directory.steps()).isEqualTo(steps);
  }

  private static void until(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
