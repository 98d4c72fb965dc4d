package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.document.Refused;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UserChangesTest {
  private final Database database = Backend.H2_ECLIPSELINK.cleared();
  private final Accounts accounts = new Accounts(database, null);
  private final Users users = accounts.users;

  private static Refused.Reason refusal(ThrowingCallable call) {
    return catchThrowableOfType(Refused.class, call).reason();
  }

  @Test
  void the_last_enabled_admin_can_be_neither_removed_nor_demoted_nor_disabled() {
    accounts.add("second", Role.ADMIN);
    users.change("second", null, null, null, false);

    assertThat(refusal(() -> users.remove("admin", null))).isEqualTo(Refused.Reason.CONFLICT);
    assertThat(refusal(() -> users.change("admin", null, Role.OPERATOR, null, null)))
        .isEqualTo(Refused.Reason.CONFLICT);
    assertThat(refusal(() -> users.change("admin", null, null, null, false)))
        .isEqualTo(Refused.Reason.CONFLICT);
    assertThat(users.find("admin")).isPresent();
  }

  @Test
  void one_of_two_enabled_admins_can_go() {
    accounts.add("second", Role.ADMIN);
    users.remove("admin", null);
    assertThat(users.get("admin")).isEmpty();
    assertThat(refusal(() -> users.remove("second", null))).isEqualTo(Refused.Reason.CONFLICT);
  }

  @Test
  void each_change_has_a_revision_and_no_change_has_none() {
    User ann = accounts.add("ann", Role.VIEWER);
    assertThat(ann.revision()).isEqualTo(1);
    assertThat(users.change("ann", 1L, Role.VIEWER, null, true).revision()).isEqualTo(1);
    assertThat(users.change("ann", 1L, Role.OPERATOR, null, null).revision()).isEqualTo(2);
    assertThat(refusal(() -> users.change("ann", 1L, Role.VIEWER, null, null)))
        .isEqualTo(Refused.Reason.STALE);
    assertThat(refusal(() -> users.remove("ann", 1L))).isEqualTo(Refused.Reason.STALE);
    users.remove("ann", 2L);
  }

  @Test
  void a_stale_revision_is_told_before_a_conflict() {
    assertThat(refusal(() -> users.remove("admin", 99L))).isEqualTo(Refused.Reason.STALE);
  }

  @Test
  void a_name_is_taken_in_any_case() {
    assertThat(refusal(() -> accounts.add("ADMIN", Role.VIEWER)))
        .isEqualTo(Refused.Reason.CONFLICT);
  }

  @Test
  void nobody_unknown_is_changed_or_removed() {
    assertThat(refusal(() -> users.change("x", null, Role.ADMIN, null, null)))
        .isEqualTo(Refused.Reason.NOT_FOUND);
    assertThat(refusal(() -> users.remove("x", null))).isEqualTo(Refused.Reason.NOT_FOUND);
  }

  @Test
  void another_start_finds_them_as_they_were() {
    accounts.add("ann", Role.VIEWER);
    User changed = users.change("ann", null, Role.OPERATOR, null, false);
    accounts.add("bob", Role.VIEWER);
    users.remove("bob", null);

    Users again = new Accounts(database, null).users;

    assertThat(again.get("ann")).contains(changed);
    assertThat(again.get("bob")).isEmpty();
  }

  @Test
  void a_node_that_is_active_no_longer_knows_nobody() {
    User admin = users.get("admin").orElseThrow();
    users.stop();
    assertThat(users.unchanged(admin)).isFalse();
    assertThat(refusal(users::all)).isEqualTo(Refused.Reason.UNAVAILABLE);
  }
}
