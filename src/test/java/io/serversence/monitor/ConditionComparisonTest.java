package io.serversence.monitor;

import static io.serversence.monitor.ConditionRow.fails;
import static io.serversence.monitor.ConditionRow.holds;
import static io.serversence.monitor.Seen.body;
import static io.serversence.monitor.Seen.expiring;
import static io.serversence.monitor.Seen.header;
import static io.serversence.monitor.Seen.ip;
import static io.serversence.monitor.Seen.millis;
import static io.serversence.monitor.Seen.status;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators, placeholders and numbers, row by row, each with the source of its rule. */
class ConditionComparisonTest {
  private static final String TABLE = "README, Conditions";
  private static final String NAMES = "README, Placeholders";
  private static final String EQUAL = "condition.go, isEqual";
  private static final String SIZE = "condition.go, sanitizeAndResolveNumerical";
  private static final String SHOWN = "condition.go, prettify";
  private static final String RESOLVE = "placeholder.go, ResolvePlaceholder";

  @ParameterizedTest
  @MethodSource
  void an_operator_compares_what_was_seen(ConditionRow row) throws ConditionSyntaxException {
    row.check();
  }

  static Stream<ConditionRow> an_operator_compares_what_was_seen() {
    return Stream.of(
        holds(TABLE, "[STATUS] == 200", status(200)),
        fails(TABLE, "[STATUS] == 200", status(201), "[STATUS] (201) == 200"),
        holds(TABLE, "[STATUS] != 200", status(201)),
        fails(TABLE, "[STATUS] != 200", status(200), "[STATUS] (200) != 200"),
        holds(TABLE, "[STATUS] < 300", status(299)),
        fails(TABLE, "[STATUS] < 300", status(300), "[STATUS] (300) < 300"),
        holds(TABLE, "[STATUS] <= 299", status(299)),
        fails(TABLE, "[STATUS] <= 299", status(300), "[STATUS] (300) <= 299"),
        holds(TABLE, "[STATUS] > 400", status(401)),
        fails(TABLE, "[STATUS] > 400", status(400), "[STATUS] (400) > 400"),
        holds(TABLE, "[STATUS] >= 400", status(400)),
        fails(TABLE, "[STATUS] >= 400", status(399), "[STATUS] (399) >= 400"),
        holds(TABLE, "[CONNECTED] == true", status(500)),
        fails(TABLE, "[CONNECTED] == true", Seen.NOTHING, "[CONNECTED] (false) == true"),
        holds(TABLE, "[CONNECTED] != true", Seen.NOTHING),
        holds(TABLE, "[RESPONSE_TIME] < 500", millis(499)),
        fails(TABLE, "[RESPONSE_TIME] < 500", millis(500), "[RESPONSE_TIME] (500) < 500"),
        holds(TABLE, "[IP] == 127.0.0.1", ip("127.0.0.1")),
        fails(TABLE, "[IP] == 127.0.0.1", ip("::1"), "[IP] (::1) == 127.0.0.1"),
        holds(TABLE, "[CERTIFICATE_EXPIRATION] > 48h", expiring(Duration.ofHours(49))),
        fails(
            TABLE,
            "[CERTIFICATE_EXPIRATION] > 48h",
            expiring(Duration.ofHours(48)),
            "[CERTIFICATE_EXPIRATION] (48h) > 48h"),
        holds("condition.go, order of operators", "[BODY] == a < b", body("a < b")),
        holds("condition.go, order of operators", "[BODY] == a != b", body("a != b")),
        holds("condition.go, only two parts count", "[STATUS] == 200 == 300", status(200)),
        fails(
            "condition.go, only two parts count",
            "[STATUS] == 200 == 300",
            status(300),
            "[STATUS] (300) == 200"),
        holds("condition.go, no placeholder needed", "on == on", Seen.NOTHING),
        fails("condition.go, no placeholder needed", "on == off", Seen.NOTHING, "on == off"));
  }

  @ParameterizedTest
  @MethodSource
  void a_placeholder_stands_for_what_was_seen(ConditionRow row) throws ConditionSyntaxException {
    row.check();
  }

  static Stream<ConditionRow> a_placeholder_stands_for_what_was_seen() {
    return Stream.of(
        holds(RESOLVE + ", names in any case", "[status] == 204", status(204)),
        holds(RESOLVE + ", names in any case", "[Response_Time] == 7", millis(7)),
        holds(RESOLVE + ", names in any case", "[body] == ok", body("ok")),
        holds(RESOLVE + ", either side", "200 == [STATUS]", status(200)),
        fails(RESOLVE + ", either side", "200 == [STATUS]", status(404), "200 == [STATUS] (404)"),
        holds(RESOLVE + ", both sides", "[BODY].a == [BODY].b", body("{\"a\":3,\"b\":3}")),
        fails(
            RESOLVE + ", both sides",
            "[BODY].a == [BODY].b",
            body("{\"a\":3,\"b\":4}"),
            "[BODY].a (3) == [BODY].b (4)"),
        holds("condition.go, TrimSpace", "  [STATUS]   ==   200  ", status(200)),
        holds("condition.go, TrimSpace", "\u00a0[STATUS] == 200\t", status(200)),
        holds(
            RESOLVE + ", unknown is text", "[BODY].tags == [prod]", body("{\"tags\":[\"prod\"]}")),
        holds(NAMES, "[BODY] == ok", body("\n ok\r\n")),
        holds(NAMES, "[RESPONSE_TIME] == 10", millis(10)),
        holds(NAMES, "[CERTIFICATE_EXPIRATION] == 0", status(200)),
        holds(NAMES, "[CERTIFICATE_EXPIRATION] == 1500", expiring(Duration.ofMillis(1500))),
        holds(NAMES, "[CERTIFICATE_EXPIRATION] < 0", expiring(Duration.ofHours(-1))),
        holds("ours", "[HEADER].Server == nginx", header("server", "nginx")),
        holds("ours", "[header].SERVER != apache", header("server", "nginx")),
        holds("ours", "[HEADER].Content-Length > 10", header("Content-Length", "11")),
        fails("ours", "[HEADER].Server == x", status(200), "[HEADER].Server (INVALID) == x"),
        fails("ours", "[STATUS] == 200", Seen.NOTHING, "[STATUS] (INVALID) == 200"),
        fails("ours", "[STATUS] < 400", Seen.NOTHING, "[STATUS] (INVALID) < 400"),
        holds("ours", "[STATUS] != 500", Seen.NOTHING),
        fails("ours", "[IP] == 10.0.0.1", Seen.NOTHING, "[IP] (INVALID) == 10.0.0.1"));
  }

  @ParameterizedTest
  @MethodSource
  void equality_is_of_whole_numbers_else_of_texts(ConditionRow row)
      throws ConditionSyntaxException {
    row.check();
  }

  static Stream<ConditionRow> equality_is_of_whole_numbers_else_of_texts() {
    return Stream.of(
        holds(EQUAL, "[STATUS] == 0xC8", status(200)),
        holds(EQUAL, "[STATUS] == 0b11001000", status(200)),
        holds(EQUAL, "[STATUS] == 0o310", status(200)),
        holds(EQUAL, "[STATUS] == 0310", status(200)),
        holds(EQUAL, "[STATUS] == 2_00", status(200)),
        holds(EQUAL, "[STATUS] == +200", status(200)),
        fails(EQUAL, "[STATUS] == 200.0", status(200), "[STATUS] (200) == 200.0"),
        fails(EQUAL, "[STATUS] == 0200", status(200), "[STATUS] (200) == 0200"),
        holds(EQUAL, "[BODY] == 0x0a", body("10")),
        holds(EQUAL, "[BODY].v == 16", body("{\"v\":\"0x10\"}")),
        holds(EQUAL, "[BODY].v == 09", body("{\"v\":\"09\"}")),
        fails(EQUAL, "[BODY].v == 9", body("{\"v\":\"09\"}"), "[BODY].v (09) == 9"),
        fails(EQUAL, "[BODY].v == UP", body("{\"v\":\"up\"}"), "[BODY].v (up) == UP"),
        holds(EQUAL, "[BODY].v == ", body("{\"v\":\"\"}")),
        fails(EQUAL, "[BODY].v == ", body("{\"v\":\"x\"}"), "[BODY].v (x) == "),
        holds(EQUAL, "[BODY].v == 1.5", body("{\"v\":1.50}")),
        holds(EQUAL + " and %v", "[BODY].v == 1.234567e+06", body("{\"v\":1234567}")),
        holds("ours, as the body writes it", "[BODY].v == 1234567", body("{\"v\":1234567}")),
        holds("ours, as the body writes it", "[BODY].v == 1.50", body("{\"v\":1.50}")),
        fails(EQUAL, "[BODY].v == 48h", body("{\"v\":\"2880m\"}"), "[BODY].v (2880m) == 48h"));
  }

  @ParameterizedTest
  @MethodSource
  void size_is_of_durations_whole_and_real_numbers(ConditionRow row)
      throws ConditionSyntaxException {
    row.check();
  }

  static Stream<ConditionRow> size_is_of_durations_whole_and_real_numbers() {
    return Stream.of(
        holds(SIZE, "[RESPONSE_TIME] < 1s", millis(999)),
        fails(SIZE, "[RESPONSE_TIME] < 1s", millis(1000), "[RESPONSE_TIME] (1000) < 1s"),
        holds(SIZE, "[RESPONSE_TIME] <= 500ms", millis(500)),
        holds(SIZE, "[RESPONSE_TIME] > 1.5s", millis(1501)),
        fails(SIZE, "[RESPONSE_TIME] > 1.5s", millis(1500), "[RESPONSE_TIME] (1500) > 1.5s"),
        holds(SIZE, "[RESPONSE_TIME] >= 1m2s", millis(62_000)),
        holds(SIZE, "[CERTIFICATE_EXPIRATION] > 1h30m", expiring(Duration.ofMinutes(91))),
        holds(SIZE, "[CERTIFICATE_EXPIRATION] > -1h", expiring(Duration.ofMinutes(-59))),
        holds(SIZE, "[BODY].age < 1h", body("{\"age\":\"59m\"}")),
        holds(SIZE, "[BODY].n > 0x0f", body("{\"n\":16}")),
        holds(SIZE, "[BODY].n >= 123", body("{\"n\":123.9}")),
        fails(SIZE, "[BODY].n > 123", body("{\"n\":123.9}"), "[BODY].n (123) > 123"),
        holds(SIZE, "[BODY].n > 100", body("{\"n\":\"100999.5\"}")),
        holds(SIZE, "[BODY].n > 1999999", body("{\"n\":2000000}")),
        holds(SIZE, "[BODY].n < -1", body("{\"n\":-2.5}")),
        holds(SIZE, "[BODY].n < 1e3", body("{\"n\":999}")),
        fails(SIZE, "[RESPONSE_TIME] < soon", millis(5), "[RESPONSE_TIME] (5) < soon (0)"),
        holds(SIZE, "[RESPONSE_TIME] > soon", millis(5)),
        fails(SIZE, "[BODY].n > 0", body("{\"n\":\"many\"}"), "[BODY].n (0) > 0"),
        holds("ours", "[CERTIFICATE_EXPIRATION] > 30d", expiring(Duration.ofHours(721))),
        fails(
            "ours",
            "[CERTIFICATE_EXPIRATION] > 30d",
            expiring(Duration.ofHours(719)),
            "[CERTIFICATE_EXPIRATION] (719h) > 30d"),
        holds("ours", "[BODY].age < 30d", body("{\"age\":\"29d\"}")),
        fails(
            "ours", "[BODY].age < 30d", body("{\"age\":\"45d\"}"), "[BODY].age (3888000000) < 30d"),
        fails(SHOWN, "[STATUS] < 0x64", status(200), "[STATUS] (200) < 0x64 (100)"),
        fails(SHOWN, "[STATUS] < 1.9", status(200), "[STATUS] (200) < 1.9 (1)"),
        fails(
            SHOWN,
            "[CERTIFICATE_EXPIRATION] > 720h",
            expiring(Duration.ofSeconds(3600 * 20 + 15)),
            "[CERTIFICATE_EXPIRATION] (20h0m15s) > 720h"),
        fails(
            SHOWN,
            "[CERTIFICATE_EXPIRATION] > 1h",
            expiring(Duration.ofMinutes(-90)),
            "[CERTIFICATE_EXPIRATION] (-1h30m) > 1h"),
        fails(
            "ours, minutes are not cut off",
            "[CERTIFICATE_EXPIRATION] > 90m",
            expiring(Duration.ofMinutes(80)),
            "[CERTIFICATE_EXPIRATION] (1h20m) > 90m"),
        fails(
            "ours, the unseen has no size",
            "[BODY].queue < 100",
            body("{}"),
            "[BODY].queue (INVALID) < 100"));
  }
}
