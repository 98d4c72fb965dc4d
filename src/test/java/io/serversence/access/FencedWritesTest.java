package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.database.Fence;
import io.serversence.database.LeaseLost;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that has lost its lease writes nothing of access either. */
@ParameterizedClass
@EnumSource
class FencedWritesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

  @Parameter Backend backend;

  private Database database;

  @BeforeEach
  void open() {
    database = backend.cleared();
  }

  @AfterEach
  void letPass() {
    database.guard(Fence.NONE);
  }

  private void lose() {
    database.guard(
        em -> {
          throw new LeaseLost();
        });
  }

  @Test
  void no_user_and_no_token_is_written() {
    UserStore users = new UserStore(database);
    TokenStore tokens = new TokenStore(database);
    User ann = new User("ann", Role.VIEWER, "hash", true, NOW);
    Token token = new Token("id", "ci", Role.VIEWER, "f".repeat(64), NOW, "ann", null);
    users.save(ann);
    tokens.add(token);
    lose();
    assertThatThrownBy(() -> users.save(ann.withPasswordHash("x"))).isInstanceOf(LeaseLost.class);
    assertThatThrownBy(() -> users.remove("ann")).isInstanceOf(LeaseLost.class);
    assertThatThrownBy(() -> tokens.remove("id")).isInstanceOf(LeaseLost.class);
    assertThatThrownBy(() -> tokens.add(token)).isInstanceOf(LeaseLost.class);
    assertThat(users.all()).containsExactly(ann);
    assertThat(tokens.all()).containsExactly(token);
  }

  @Test
  void memory_does_not_know_what_the_database_did_not_take() {
    Accounts accounts = new Accounts(database, null);
    accounts.add("ann", Role.VIEWER);
    lose();
    assertThatThrownBy(() -> accounts.users.remove("ann", null)).isInstanceOf(LeaseLost.class);
    assertThatThrownBy(() -> accounts.add("bob", Role.ADMIN)).isInstanceOf(LeaseLost.class);
    assertThatThrownBy(() -> accounts.tokens.issue("ci", Role.ADMIN, null, "ann"))
        .isInstanceOf(LeaseLost.class);
    assertThat(accounts.users.get("ann")).isPresent();
    assertThat(accounts.users.get("bob")).isEmpty();
    assertThat(accounts.tokens.all()).isEmpty();
  }

  @Test
  void audit_entries_wait_until_this_node_may_write_again() {
    Accounts accounts = new Accounts(database, null);
    accounts.audit.record(AuditEntry.of(NOW, "ann", "203.0.113.1", "users.add", "bob", 201));
    lose();
    assertThat(accounts.audit.writeBatch()).isFalse();
    database.guard(Fence.NONE);
    assertThat(accounts.audit.writeBatch()).isTrue();
    List<AuditEntry> written =
        accounts.auditStore.page(null, NOW.minusSeconds(1), NOW.plusSeconds(1), null, 10);
    assertThat(written).singleElement().satisfies(e -> assertThat(e.target()).isEqualTo("bob"));
  }
}
