package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionsTest {
  private static final User ADA = new User("ada", Role.OPERATOR, "hash", true, Instant.EPOCH);
  private final HandNanos clock = new HandNanos();
  private final Sessions sessions = sessions(clock);

  private static Sessions sessions(HandNanos clock) {
    Sessions sessions = new Sessions();
    sessions.nanos = clock;
    return sessions;
  }

  private boolean lives(String token) {
    return sessions.use(token).isPresent();
  }

  @Test
  void a_session_is_found_by_its_token_and_by_its_proof() {
    String token = sessions.open(ADA);
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    Session session = sessions.use(token).orElseThrow();
    assertThat(session.user()).isEqualTo(ADA);
    assertThat(session.proof()).isNotEqualTo(token).matches("[0-9a-f]{64}");
    assertThat(sessions.find(session.proof())).isPresent();
    assertThat(sessions.use(session.proof())).isEmpty(); // what the server keeps opens nothing
    assertThat(sessions.open(ADA)).isNotEqualTo(token);
    assertThat(lives("other")).isFalse();
    assertThat(lives("")).isFalse();
  }

  @Test
  void a_session_ends_after_12_hours_without_use() {
    String used = sessions.open(ADA);
    String unused = sessions.open(ADA);
    clock.pass(Sessions.IDLE);
    assertThat(lives(used)).isTrue();
    clock.pass(Duration.ofNanos(1));
    assertThat(lives(unused)).isFalse();
    assertThat(lives(used)).isTrue();
  }

  @Test
  void looking_at_a_session_is_no_use() {
    String token = sessions.open(ADA);
    String proof = sessions.use(token).orElseThrow().proof();
    clock.pass(Duration.ofHours(11));
    assertThat(sessions.find(proof)).isPresent();
    clock.pass(Duration.ofHours(2));
    assertThat(sessions.find(proof)).isEmpty();
    assertThat(lives(token)).isFalse();
  }

  @Test
  void a_session_ends_after_7_days_however_much_it_is_used() {
    String token = sessions.open(ADA);
    for (int hours = 0; hours < 7 * 24; hours += 12) {
      assertThat(lives(token)).isTrue();
      clock.pass(Duration.ofHours(12));
    }
    assertThat(lives(token)).isTrue();
    clock.pass(Duration.ofNanos(1));
    assertThat(lives(token)).isFalse();
  }

  @Test
  void of_more_than_10000_sessions_the_oldest_goes() {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < Sessions.MOST; i++) {
      tokens.add(sessions.open(ADA));
    }
    assertThat(lives(tokens.get(0))).isTrue(); // used, but still the oldest
    sessions.open(ADA);
    assertThat(lives(tokens.get(0))).isFalse();
    assertThat(lives(tokens.get(1))).isTrue();
  }

  @Test
  void signing_out_ends_the_sessions_of_the_cookie_alone() {
    String mine = sessions.open(ADA);
    String second = sessions.open(ADA);
    String other = sessions.open(ADA);
    sessions.close(null);
    sessions.close("a=b; serversence-session=" + mine + ";serversence-session=\"" + second + "\"");
    assertThat(lives(mine)).isFalse();
    assertThat(lives(second)).isFalse();
    assertThat(lives(other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serversence-session=a|a",
        "x=y; serversence-session=a; z=w|a",
        "serversence-session=\"a\"|a",
        "serversence-session=a;serversence-session=b|ab",
        "SERVERSENCE-SESSION=a|''",
        "xserversence-session=a|''",
        "serversence-session|''",
        ";;;|''",
        "serversence-session=a=b|a=b"
      })
  void tokens_are_found_in_a_cookie_header(String header, String tokens) {
    assertThat(String.join("", Sessions.tokens(header))).isEqualTo(tokens);
  }

  @Property
  void any_cookie_header_has_at_most_10_tokens(@ForAll String header) {
    assertThat(Sessions.tokens(header)).hasSizeLessThanOrEqualTo(10);
    assertThat(Sessions.tokens((Sessions.COOKIE + "=" + header + ";").repeat(20)))
        .hasSizeBetween(1, 10);
  }
}
