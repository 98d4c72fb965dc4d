package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.document.Refused;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class TokensTest {
  @Parameter Backend backend;

  private Database database;
  private Tokens tokens;

  @BeforeEach
  void open() {
    database = backend.cleared();
    tokens = started();
  }

  @SuppressWarnings("UnnecessaryAssignment") // what CDI would do
  private Tokens started() {
    Tokens made = new Tokens();
    made.store = new TokenStore(database);
    made.clock = new Accounts.HandClock();
    made.start();
    return made;
  }

  @Test
  void another_start_finds_them_as_they_were() {
    Instant end = Accounts.NOW.plusSeconds(60);
    Tokens.Issued ending = tokens.issue("ci", Role.OPERATOR, end, "admin");
    Tokens.Issued gone = tokens.issue("gone", Role.ADMIN, null, "admin");
    tokens.revoke(gone.token().id());

    Tokens again = started();

    assertThat(again.all()).containsExactly(ending.token());
    assertThat(again.prove(ending.secret())).contains(ending.token());
    assertThat(again.prove(gone.secret())).isEmpty();
    assertThat(again.revoke(gone.token().id())).isFalse();
  }

  @Test
  void the_secret_is_long_random_and_kept_nowhere() {
    Tokens.Issued one = tokens.issue("ci", Role.VIEWER, null, "admin");
    Tokens.Issued other = tokens.issue("ci", Role.VIEWER, null, "admin");

    assertThat(one.secret()).matches("serversence_[A-Za-z0-9_-]{43}").isNotEqualTo(other.secret());
    Object row =
        database.read(
            em ->
                em.createNativeQuery(
                        "select name || hash || id || role || created_by from api_token where id = ?1")
                    .setParameter(1, one.token().id())
                    .getSingleResult());
    assertThat(String.valueOf(row)).doesNotContain(one.secret().substring(12));
    assertThat(one.token().toString()).doesNotContain(one.token().hash());
  }

  @Test
  void there_is_an_end_to_how_many() {
    for (int i = 0; i < Tokens.MOST; i++) {
      tokens.issue("ci", Role.VIEWER, null, "admin");
    }
    assertThat(
            catchThrowableOfType(
                    Refused.class, () -> tokens.issue("one more", Role.VIEWER, null, "admin"))
                .reason())
        .isEqualTo(Refused.Reason.CONFLICT);
  }

  @Test
  void a_node_that_is_active_no_longer_believes_none() {
    Tokens.Issued issued = tokens.issue("ci", Role.VIEWER, null, "admin");
    tokens.stop();
    assertThat(tokens.find(issued.token().id())).isEmpty();
    assertThat(catchThrowableOfType(Refused.class, () -> tokens.prove(issued.secret())).reason())
        .isEqualTo(Refused.Reason.UNAVAILABLE);
  }
}
