package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is true of every condition and whatever a probe may see. */
class ConditionPropertiesTest {
  @Property
  void any_text_is_parsed_or_refused_with_a_position(@ForAll String text) {
    parse(text).ifPresent(condition -> assertThat(condition.text()).isEqualTo(text));
  }

  @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
  void any_condition_is_decided_whatever_was_seen(
      @ForAll("conditions") String text, @ForAll("observations") Seen seen) {
    parse(text)
        .ifPresent(
            condition -> {
              ConditionResult result = condition.evaluate(seen);
              assertThat(condition.text()).isEqualTo(text);
              assertThat(result.condition()).isEqualTo(text);
              assertThat(result.shown().length()).isLessThanOrEqualTo(1_020);
              assertThat(result).isEqualTo(condition.evaluate(seen));
            });
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void equal_and_unequal_are_opposites(
      @ForAll("operands") String left,
      @ForAll("operands") String right,
      @ForAll("observations") Seen seen) {
    assertOpposite(left, "==", "!=", right, seen);
  }

  @Property(tries = 3000)
  void below_and_at_least_are_opposites_for_what_was_seen(
      @ForAll long number, @ForAll("numbers") String limit) {
    Seen seen = Seen.body("{\"n\": " + number + "}");
    assertOpposite("[BODY].n", "<", ">=", limit, seen);
    assertOpposite("[BODY].n", ">", "<=", limit, seen);
  }

  @Property
  void whole_numbers_are_ordered_as_numbers(@ForAll int number, @ForAll int limit) {
    Seen seen = Seen.body("{\"n\": " + number + "}");
    assertThat(ok("[BODY].n < " + limit, seen)).isEqualTo(number < limit);
    assertThat(ok("[BODY].n <= " + limit, seen)).isEqualTo(number <= limit);
    assertThat(ok("[BODY].n == " + limit, seen)).isEqualTo(number == limit);
    assertThat(ok("[BODY].n == " + number, seen)).isTrue();
  }

  @Property
  void what_was_not_seen_only_differs(
      @ForAll("operators") String operator, @ForAll("literals") String other) {
    String text = "[BODY].missing " + operator + " " + other;
    parse(text)
        .ifPresent(
            condition ->
                assertThat(condition.evaluate(Seen.body("{}")).ok())
                    .isEqualTo(operator.equals("!=")));
  }

  @Property
  void what_is_shown_can_be_stored(@ForAll String body) {
    ConditionResult result = decided("[BODY] == pat(no)", Seen.body(body + "\0\ud800"));
    assertThat(result.shown()).doesNotContain("\0");
    assertThat(GoText.wellFormed(result.shown())).isEqualTo(result.shown());
  }

  @Test
  void a_long_body_is_not_shown_whole() {
    String shown = decided("[BODY] == x", Seen.body("y".repeat(1 << 20))).shown();
    assertThat(shown)
        .startsWith("[BODY] (yyy")
        .endsWith("...(truncated)) == x")
        .hasSizeLessThan(300);
  }

  @Test
  void a_long_condition_is_not_shown_longer() {
    String text = "[BODY].a == [BODY]." + "b".repeat(900);
    assertThat(decided(text, Seen.body("{\"a\":\"" + "a".repeat(5000) + "\"}")).shown())
        .hasSize(1_000 + "...(truncated)".length());
  }

  @Test
  @Timeout(120)
  void hostile_bodies_are_decided_with_little_effort() {
    int size = 1 << 20;
    for (String body :
        new String[] {
          "[".repeat(size),
          "{\"a\":".repeat(size / 5),
          "[".repeat(size / 2) + "]".repeat(size / 2),
          "{\"a\":".repeat(150) + "\"" + "<".repeat(size) + "\"" + "}".repeat(150),
          "{\"a\":[" + "1.2345678901234567,".repeat(size / 19) + "1]}",
          "{\"a\":[" + "[],".repeat(size / 3) + "1]}",
          "{\"a\":{" + "\"\":1,".repeat(size / 5) + "\"\":1}}",
          "{\"a\":" + "9".repeat(size) + "}",
          "{\"a\":1e" + "9".repeat(size) + "}",
          "1".repeat(size),
          "\ufeff{\"a\":1}",
        }) {
      for (String condition :
          new String[] {
            "[BODY].a == 1", "[BODY][0] < 5", "len([BODY]) == 1", "has([BODY].a.a) == false",
            "[BODY] == 5", "[BODY] > 1.5", "len([BODY].a) > 0", "[BODY].a == pat(*x*y*)"
          }) {
        assertThat(Effort.of(() -> decided(condition, Seen.body(body))))
            .as(condition)
            .isLessThan(Duration.ofSeconds(2));
      }
    }
  }

  @Test
  void a_duration_of_any_length_is_decided() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    Seen seen = new Seen(true, 200, longest, "::1", "", longest.negated(), Map.of());
    assertThat(ok("[RESPONSE_TIME] > 24h", seen)).isTrue();
    assertThat(ok("[CERTIFICATE_EXPIRATION] > 0", seen)).isFalse();
  }

  private static void assertOpposite(
      String left, String one, String other, String right, Seen seen) {
    Optional<Condition> first = parse(left + " " + one + " " + right);
    Optional<Condition> second = parse(left + " " + other + " " + right);
    assertThat(first.isPresent()).isEqualTo(second.isPresent());
    if (first.isPresent() && second.isPresent()) {
      assertThat(first.get().evaluate(seen).ok()).isNotEqualTo(second.get().evaluate(seen).ok());
    }
  }

  private static Optional<Condition> parse(String text) {
    try {
      return Optional.of(Condition.parse(text));
    } catch (ConditionSyntaxException e) {
      assertThat(e.position()).isBetween(0, text.length());
      return Optional.empty();
    }
  }

  private static ConditionResult decided(String text, Seen seen) {
    return parse(text).orElseThrow().evaluate(seen);
  }

  private static boolean ok(String text, Seen seen) {
    return decided(text, seen).ok();
  }

  @Provide
  Arbitrary<String> operators() {
    return Arbitraries.of("==", "!=", "<", "<=", ">", ">=");
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.doubles().map(String::valueOf),
        Arbitraries.of("1h", "5ms", "-1.5s", "0x10", "0b11", "text", "", "1_0"));
  }

  @Provide
  Arbitrary<String> literals() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20), numbers(), Arbitraries.of("pat(*)", "any(1,2)"));
  }

  @Provide
  Arbitrary<String> operands() {
    Arbitrary<String> path =
        Arbitraries.of(".", "[", "]", "a", "b", "[0]", "[1]", ".a", ".b")
            .list()
            .ofMaxSize(6)
            .map(parts -> String.join("", parts));
    Arbitrary<String> seen =
        Arbitraries.of(
            "[STATUS]",
            "[RESPONSE_TIME]",
            "[IP]",
            "[CONNECTED]",
            "[CERTIFICATE_EXPIRATION]",
            "[HEADER].a",
            "[body]",
            "[BODY]");
    Arbitrary<String> reading =
        Combinators.combine(seen, path).as((s, p) -> s.startsWith("[B") ? s + p : s);
    Arbitrary<String> inner = Arbitraries.strings().withChars("ab*?[]-^\\/,1").ofMaxLength(10);
    return Arbitraries.oneOf(
        reading,
        Combinators.combine(Arbitraries.of("len(", "has("), reading).as((f, r) -> f + r + ")"),
        Combinators.combine(Arbitraries.of("pat(", "any("), inner).as((f, i) -> f + i + ")"),
        literals());
  }

  @Provide
  Arbitrary<String> conditions() {
    return Combinators.combine(operands(), operators(), operands())
        .as((left, operator, right) -> left + " " + operator + " " + right);
  }

  @Provide
  Arbitrary<Seen> observations() {
    Arbitrary<String> json =
        Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"a\"",
                "\"b\"",
                "1",
                "-2.5e7",
                "true",
                "null",
                "{\"a\":",
                "[1,\"x\"]",
                "{\"a\":{\"b\":[1,2]}}",
                " ")
            .list()
            .ofMaxSize(8)
            .map(parts -> String.join("", parts));
    Arbitrary<String> text = Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(50), json);
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.integers().between(-1, 999).injectNull(0.2),
            Arbitraries.longs(),
            text.injectNull(0.3),
            text,
            Arbitraries.longs().injectNull(0.3),
            text.injectNull(0.3))
        .as(
            (connected, status, millis, ip, body, expiry, header) ->
                new Seen(
                    connected,
                    status,
                    Duration.ofMillis(millis),
                    ip,
                    body,
                    expiry == null ? null : Duration.ofSeconds(expiry),
                    header == null ? Map.of() : Map.of("a", header)));
  }
}
