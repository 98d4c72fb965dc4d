package io.serversence.monitor;

import static io.serversence.monitor.ConditionRow.fails;
import static io.serversence.monitor.ConditionRow.holds;
import static io.serversence.monitor.Seen.body;
import static io.serversence.monitor.Seen.header;
import static io.serversence.monitor.Seen.ip;
import static io.serversence.monitor.Seen.status;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths into the body and functions, row by row, each with the source of its rule. */
class ConditionBodyTest {
  private static final String TABLE = "README, Conditions";
  private static final String FUNCTIONS = "README, Functions";
  private static final String WALK = "jsonpath.go, walk";
  private static final String INDEX = "jsonpath.go, extractValue";
  private static final String RESOLVE = "placeholder.go, ResolvePlaceholder";
  private static final String EQUAL = "condition.go, isEqual";
  private static final String SHOP =
      "{\"shop\": {\"name\": \"Corner\", \"open\": true, \"since\": 1987, \"rate\": 0.25,"
          + " \"owner\": null, \"shelves\": [{\"id\": 7, \"goods\": [\"tea\", \"salt\"]},"
          + " {\"id\": 8, \"goods\": []}]}, \"a.b\": 1}";

  @ParameterizedTest
  @MethodSource
  void a_path_leads_into_the_body(ConditionRow row) throws ConditionSyntaxException {
    row.check();
  }

  static Stream<ConditionRow> a_path_leads_into_the_body() {
    return Stream.of(
        holds(TABLE, "[BODY] == 1", body("1")),
        fails(TABLE, "[BODY] == 1", body("{}"), "[BODY] ({}) == 1"),
        holds(TABLE, "[BODY].shop.name == Corner", body(SHOP)),
        holds(TABLE, "[BODY].shop.shelves[0].id == 7", body(SHOP)),
        holds(WALK, "[body].shop.name == Corner", body(SHOP)),
        fails(
            WALK + ", names of members in their case",
            "[BODY].Shop.name == Corner",
            body(SHOP),
            "[BODY].Shop.name (INVALID) == Corner"),
        holds(WALK, "[BODY].shop.open == true", body(SHOP)),
        holds(WALK, "[BODY].shop.since == 1987", body(SHOP)),
        holds(WALK, "[BODY].shop.rate == 0.25", body(SHOP)),
        fails(WALK, "[BODY].shop.owner == x", body(SHOP), "[BODY].shop.owner (INVALID) == x"),
        fails(WALK, "[BODY].shop.name.x == C", body(SHOP), "[BODY].shop.name.x (INVALID) == C"),
        holds(WALK + ", the rest is ignored", "[BODY].shop.since.x == 1987", body(SHOP)),
        fails(WALK, "[BODY].a.b == 1", body(SHOP), "[BODY].a.b (INVALID) == 1"),
        holds(INDEX, "[BODY].shop.shelves[0].goods[1] == salt", body(SHOP)),
        fails(
            INDEX,
            "[BODY].shop.shelves[2].id == 1",
            body(SHOP),
            "[BODY].shop.shelves[2].id (INVALID) == 1"),
        fails(INDEX, "[BODY].shop[0] == 1", body(SHOP), "[BODY].shop[0] (INVALID) == 1"),
        fails(INDEX, "[BODY].nope[0] == 1", body(SHOP), "[BODY].nope[0] (INVALID) == 1"),
        fails(INDEX, "[BODY].l[x] == 1", body("{\"l\":[1]}"), "[BODY].l[x] (INVALID) == 1"),
        fails(INDEX, "[BODY].l[-1] == 1", body("{\"l\":[1]}"), "[BODY].l[-1] (INVALID) == 1"),
        holds(INDEX + ", root list", "[BODY][1] == b", body("[\"a\",\"b\"]")),
        holds(INDEX + ", root list", "[BODY][0].id == 3", body("[{\"id\":3}]")),
        holds(INDEX + ", root list", "[BODY].[0].id == 3", body("[{\"id\":3}]")),
        holds(INDEX + ", lists in lists", "[BODY][1][0] == 3", body("[[1,2],[3,4]]")),
        holds(INDEX + ", lists in lists", "[BODY].m[1][1] == 4", body("{\"m\":[[1,2],[3,4]]}")),
        fails(INDEX, "[BODY][0] == 1", body("{\"0\":1}"), "[BODY][0] (INVALID) == 1"),
        holds(INDEX + ", a name does not enter a list", "[BODY].x == [1 2]", body("[1,2]")),
        holds(INDEX + ", a name does not enter a value", "[BODY].x == 5", body("5")),
        fails("json.Unmarshal", "[BODY].x == 1", body("null"), "[BODY].x (INVALID) == 1"),
        fails("json.Unmarshal", "[BODY].x == 1", body("busy"), "[BODY].x (INVALID) == 1"),
        fails("json.Unmarshal", "[BODY].x == 1", body(""), "[BODY].x (INVALID) == 1"),
        fails("json.Unmarshal", "[BODY].x == 1", body("{\"x\":1}}"), "[BODY].x (INVALID) == 1"),
        fails("json.Unmarshal", "[BODY].x == 1", body("{\"x\":1,}"), "[BODY].x (INVALID) == 1"),
        fails("json.Unmarshal", "[BODY].x == 1", body("{\"x\":01}"), "[BODY].x (INVALID) == 1"),
        holds("json.Unmarshal, the last of two", "[BODY].x == 2", body("{\"x\":1,\"x\":2}")),
        holds("json.Unmarshal, escapes", "[BODY].x == é\u20ac", body("{\"x\":\"\\u00e9\\u20ac\"}")),
        holds("ours", "[BODY].x != 1", body("busy")),
        fails(
            "ours, unseen equals nothing",
            "[BODY].x == pat(*)",
            body("{}"),
            "[BODY].x (INVALID) == pat(*)"));
  }

  @ParameterizedTest
  @MethodSource
  void values_are_written_as_go_writes_them(ConditionRow row) throws ConditionSyntaxException {
    row.check();
  }

  static Stream<ConditionRow> values_are_written_as_go_writes_them() {
    return Stream.of(
        holds("fmt, %v", "[BODY].v == [1 b true <nil>]", body("{\"v\":[1,\"b\",true,null]}")),
        holds("fmt, %v", "[BODY].v == [[1 2] []]", body("{\"v\":[[1,2],[]]}")),
        holds("fmt, %v", "[BODY].v == [map[a:1 b:x]]", body("{\"v\":[{\"b\":\"x\",\"a\":1}]}")),
        holds("fmt, %v", "[BODY].v == [1e+06 123456]", body("{\"v\":[1000000,123456]}")),
        holds(
            "encoding/json",
            "[BODY].v == {\"a\":1,\"b\":[2]}",
            body("{\"v\":{\"b\":[2] ,\"a\": 1}}")),
        holds("encoding/json", "[BODY].v == {\"a\":2}", body("{\"v\":{\"a\":1,\"a\":2}}")),
        holds("encoding/json", "[BODY].v == {\"n\":1000000}", body("{\"v\":{\"n\":1e6}}")),
        holds(
            "encoding/json",
            "[BODY].v == {\"t\":\"\\u003cb\\u003e\"}",
            body("{\"v\":{\"t\":\"<b>\"}}")),
        holds("encoding/json", "[BODY].v == {}", body("{\"v\":{}}")),
        holds("encoding/json", "[BODY].v == {\"a\":null}", body("{\"v\":{\"a\":null}}")),
        holds("strconv, %v", "[BODY].v == 1e-05", body("{\"v\":0.00001}")),
        holds("strconv, %v", "[BODY].v == 0.0001", body("{\"v\":0.0001}")),
        holds("strconv, %v", "[BODY].v == 0.1", body("{\"v\":1e-1}")),
        holds("strconv, %v", "[BODY].v == 1e+21", body("{\"v\":1000000000000000000000}")));
  }

  @ParameterizedTest
  @MethodSource
  void functions_ask_for_length_and_presence(ConditionRow row) throws ConditionSyntaxException {
    row.check();
  }

  static Stream<ConditionRow> functions_ask_for_length_and_presence() {
    return Stream.of(
        holds(FUNCTIONS, "len([BODY].shop.shelves) == 2", body(SHOP)),
        fails(
            FUNCTIONS,
            "len([BODY].shop.shelves) < 2",
            body(SHOP),
            "len([BODY].shop.shelves) (2) < 2"),
        holds(FUNCTIONS, "len([BODY].shop.name) == 6", body(SHOP)),
        holds(FUNCTIONS, "len([BODY].shop.shelves[1]) == 19", body(SHOP)),
        holds(WALK, "len([BODY].shop.since) == 4", body(SHOP)),
        holds(WALK, "len([BODY].shop.open) == 4", body(SHOP)),
        holds(WALK, "len([BODY]) == 3", body("[1,[2,3],{}]")),
        holds(WALK + ", bytes", "len([BODY].v) == 5", body("{\"v\":\"é\u20ac\"}")),
        holds(WALK + ", not minified", "len([BODY]) == 8", body("{\"a\": 1}")),
        holds(RESOLVE, "len([BODY]) == 4", body("busy")),
        holds(RESOLVE, "len([BODY]) == 3", body("[1,")),
        holds(RESOLVE, "len([STATUS]) == 3", status(404)),
        holds("ours, space around the list", "len([BODY]) == 2", body(" [1,2]\n")),
        holds("ours, space within", "len( [BODY].l ) == 1", body("{\"l\":[0]}")),
        holds("ours", "len([HEADER].Server) > 2", header("Server", "nginx")),
        fails(RESOLVE, "len([BODY].nope) == 0", body("{}"), "len([BODY].nope) (INVALID) == 0"),
        holds(FUNCTIONS, "has([BODY].errors) == false", body("{}")),
        fails(
            FUNCTIONS,
            "has([BODY].errors) == false",
            body("{\"errors\":[]}"),
            "has([BODY].errors) (true) == false"),
        holds(FUNCTIONS, "has([BODY].shop.shelves[1].goods) == true", body(SHOP)),
        holds(WALK, "has([BODY].shop.owner) == false", body(SHOP)),
        holds(RESOLVE, "has([BODY].x) == false", body("no json")),
        holds(RESOLVE, "has([BODY].x) == true", body("{\"x\":\"\"}")),
        holds(RESOLVE, "has([BODY]) == true", body("x")),
        holds(RESOLVE, "has([BODY]) == false", body(" \n")),
        holds(RESOLVE, "has([STATUS]) == true", status(200)),
        holds("ours", "has([STATUS]) == false", Seen.NOTHING),
        holds("ours", "has([HEADER].X-Cache) == true", header("x-cache", "")),
        holds("ours", "has([HEADER].X-Cache) == false", status(200)));
  }

  @ParameterizedTest
  @MethodSource
  void pat_and_any_stand_for_several_texts(ConditionRow row) throws ConditionSyntaxException {
    row.check();
  }

  static Stream<ConditionRow> pat_and_any_stand_for_several_texts() {
    String page = "<html><body>All systems are working</body></html>";
    return Stream.of(
        holds(TABLE, "[BODY].shop.name == pat(Cor*)", body(SHOP)),
        fails(
            TABLE,
            "[BODY].shop.name == pat(Bob*)",
            body(SHOP),
            "[BODY].shop.name (Corner) == pat(Bob*)"),
        holds(FUNCTIONS, "[IP] == pat(192.168.*)", ip("192.168.7.9")),
        holds(FUNCTIONS, "[STATUS] != pat(5*)", status(200)),
        fails(FUNCTIONS, "[STATUS] != pat(5*)", status(503), "[STATUS] (503) != pat(5*)"),
        holds(EQUAL, "pat(2??) == [STATUS]", status(204)),
        holds(EQUAL, "[BODY] == pat(*are working*)", body(page)),
        holds(EQUAL, "[BODY] == pat(*working</body>*)", body(page)),
        fails(
            "condition.go, prettify",
            "[BODY] == pat(*asleep*)",
            body(page),
            "[BODY] (<html><body>All systems a...(truncated)) == pat(*asleep*)"),
        fails(
            "condition.go, prettify",
            "pat(*asleep*) == [BODY]",
            body(page),
            "pat(*asleep*) == [BODY] (<html><body>All systems a...(truncated))"),
        holds(EQUAL, "[BODY].v == pat(*salt*)", body("{\"v\":[\"tea\",\"salt\"]}")),
        holds("pattern.go, slashes left out", "[BODY] == pat(/var/*/log)", body("/var/x/y/log")),
        holds("ours, as the body writes it", "[BODY].v == pat(12345*)", body("{\"v\":1234567}")),
        holds(TABLE, "[STATUS] == any(200, 429)", status(429)),
        fails(TABLE, "[STATUS] == any(200, 429)", status(404), "[STATUS] (404) == any(200, 429)"),
        holds(FUNCTIONS, "[STATUS] != any(500, 503)", status(200)),
        holds(EQUAL, "any(200,429) == [STATUS]", status(200)),
        holds(FUNCTIONS, "[IP] == any(127.0.0.1, ::1)", ip("::1")),
        fails(
            EQUAL + ", as texts",
            "[STATUS] == any(0xC8)",
            status(200),
            "[STATUS] (200) == any(0xC8)"),
        holds(
            "ours, as the body writes it", "[BODY].v == any(1, 1234567)", body("{\"v\":1234567}")),
        holds(EQUAL + ", both", "any(16) == any(0x10)", Seen.NOTHING),
        holds(EQUAL + ", both", "pat(a*) == pat(a*)", Seen.NOTHING),
        holds(EQUAL + ", the pattern wins", "pat(any*) == any(1)", Seen.NOTHING),
        fails(
            "ours, what was seen is no pattern",
            "[BODY].v == UP",
            body("{\"v\":\"pat(*)\"}"),
            "[BODY].v (pat(*)) == UP"));
  }
}
