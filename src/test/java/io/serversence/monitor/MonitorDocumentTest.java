package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serversence.document.FieldError;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorDocumentTest {
  private static final String HTTP = "'target':{'type':'http','url':'https://shop.example/'}";

  private static JsonObject json(String singleQuoted) {
    return Json.parse(singleQuoted.replace('\'', '"')).asJsonObject();
  }

  private static Monitor read(String singleQuoted) {
    return MonitorDocument.read(json(singleQuoted), null);
  }

  private static List<FieldError> errors(JsonObject document) {
    InvalidDocument thrown =
        catchThrowableOfType(InvalidDocument.class, () -> MonitorDocument.read(document, null));
    return thrown == null ? List.of() : thrown.errors();
  }

  @Test
  void a_number_that_cannot_be_read_is_refused_but_where_it_is_stored_already() {
    JsonObject document =
        json("{'id':'a','name':'A'," + HTTP + ",'conditions':['[CERTIFICATE_EXPIRATION] > 2w']}");
    assertThat(errors(document))
        .singleElement()
        .extracting(FieldError::field)
        .isEqualTo("conditions[0]");
    Monitor stored = MonitorDocument.stored(document);
    assertThat(stored.conditions())
        .singleElement()
        .matches(Condition::guesses)
        .hasToString("[CERTIFICATE_EXPIRATION] > 2w");
    JsonObject written = MonitorDocument.write(stored, false);
    assertThat(MonitorDocument.read(written, stored)).isEqualTo(stored);
    Monitor another = read("{'id':'a','name':'A'," + HTTP + ",'conditions':['[STATUS] > 2']}");
    assertThat(another.conditions()).noneMatch(Condition::guesses);
    assertThatExceptionOfType(InvalidDocument.class)
        .isThrownBy(() -> MonitorDocument.read(written, another));
  }

  @Test
  void a_monitor_of_name_and_url_has_the_defaults_of_the_contract() throws Exception {
    Monitor monitor = read("{'name':'Shop front'," + HTTP + "}");
    assertThat(monitor.id()).isEqualTo("shop-front");
    assertThat(monitor.group()).isNull();
    assertThat(monitor.tags()).isEmpty();
    assertThat(monitor.description()).isEmpty();
    assertThat(monitor.enabled()).isTrue();
    assertThat(monitor.conditions()).containsExactly(Condition.parse("[STATUS] < 400"));
    assertThat(monitor.degradedWhen()).isEmpty();
    assertThat(monitor.interval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(monitor.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(monitor.retryInterval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(monitor.thresholds()).isEqualTo(new Thresholds(3, 2));
    assertThat(monitor.dependsOn()).isEmpty();
    assertThat(monitor.severity()).isEqualTo(Severity.CRITICAL);
    Target.Http target = (Target.Http) monitor.target();
    assertThat(target.method()).isEqualTo("GET");
    assertThat(target.headers()).isEmpty();
    assertThat(target.body()).isNull();
    assertThat(target.followRedirects()).isTrue();
    assertThat(target.maxRedirects()).isEqualTo(5);
    assertThat(target.insecureTls()).isFalse();
    assertThat(target.auth()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'tcp','host':'db','port':5432}",
        "{'type':'tls','host':'db','port':443}",
        "{'type':'sse','url':'http://a/events'}",
        "{'type':'heartbeat','grace':'5m'}"
      })
  void other_targets_are_to_be_connected(String target) throws Exception {
    assertThat(read("{'name':'x','target':" + target + "}").conditions())
        .containsExactly(Condition.parse("[CONNECTED] == true"));
  }

  @ParameterizedTest
  @CsvSource({"5s,PT5S,PT5S", "30s,PT10S,PT30S", "24h,PT10S,PT24H"})
  void timeout_and_retry_interval_follow_the_interval(
      String interval, Duration timeout, Duration retry) {
    Monitor monitor = read("{'name':'x','interval':'" + interval + "'," + HTTP + "}");
    assertThat(monitor.timeout()).isEqualTo(timeout);
    assertThat(monitor.retryInterval()).isEqualTo(retry);
  }

  @Test
  void a_heartbeat_is_believed_at_once_and_gets_a_token() {
    Monitor monitor = read("{'name':'x','target':{'type':'heartbeat'}}");
    Monitor other = read("{'name':'x','target':{'type':'heartbeat'}}");
    assertThat(monitor.thresholds()).isEqualTo(new Thresholds(1, 1));
    String token = ((Target.Heartbeat) monitor.target()).token();
    assertThat(token).matches("[A-Za-z0-9_-]{32}");
    assertThat(((Target.Heartbeat) other.target()).token()).isNotEqualTo(token);
    assertThat(monitor.target().toString()).doesNotContain(token);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'name':null|name|is required",
        "'name':5|name|must be a string",
        "'name':''|name|must not be empty",
        "'name':'a\\u0000b'|name|NUL",
        "'name':'a\\ud800b'|name|surrogate",
        "'name':'a\\tb'|name|control characters",
        "'name':'!!!'|id|is required",
        "'id':'No'|id|must be a key",
        "'id':5|id|must be a key",
        "'group':5|group|must be a string",
        "'group':'\\n'|group|control",
        "'tags':'x'|tags|list of strings",
        "'tags':['x',null]|tags[1]|must be a string",
        "'tags':['x','']|tags[1]|not be empty",
        "'description':[]|description|must be a string",
        "'description':'\\u0000'|description|NUL",
        "'enabled':'yes'|enabled|true or false",
        "'conditions':'x'|conditions|list of strings",
        "'conditions':['[STATUS] == 200','[STATUS]==1']|conditions[1]|at position 8",
        "'degradedWhen':['[FOO] > 1']|degradedWhen[0]|at position 0",
        "'interval':60|interval|must be a duration",
        "'interval':'999ms'|interval|from 1s to 1d",
        "'interval':'25h'|interval|from 1s to 1d",
        "'timeout':'0s'|timeout|must be a duration",
        "'interval':'2m','timeout':'61s'|timeout|from 1ms to 1m",
        "'interval':'5s','timeout':'6s'|timeout|longer than the interval",
        "'retryInterval':'10ms'|retryInterval|from 1s",
        "'failureThreshold':0|failureThreshold|from 1 to 20",
        "'failureThreshold':21|failureThreshold|from 1 to 20",
        "'failureThreshold':1.5|failureThreshold|whole number",
        "'successThreshold':'2'|successThreshold|whole number",
        "'dependsOn':['Not A Key']|dependsOn[0]|must be a key",
        "'dependsOn':['gate','x']|dependsOn[1]|the monitor itself",
        "'severity':'urgent'|severity|one of info, warning, critical",
        "'severity':'CRITICAL'|severity|one of",
        "'nmae':'x'|nmae|not a known field",
        "'lastSample':{}|lastSample|not a known field",
        "'target':null|target|is required",
        "'target':'http'|target|must be an object",
        "'target':{}|target.type|is required",
        "'target':{'type':'ping'}|target.type|one of http, tcp, tls, sse, heartbeat",
        "'target':{'type':'http'}|target.url|is required",
        "'target':{'type':'http','url':'ftp://a'}|target.url|http:// or https://",
        "'target':{'type':'http','url':'a.example'}|target.url|http:// or https://",
        "'target':{'type':'http','url':'http://'}|target.url|not a URL",
        "'target':{'type':'http','url':'http:///x'}|target.url|a host",
        "'target':{'type':'http','url':'http://a b/'}|target.url|not a URL",
        "'target':{'type':'http','url':'http://a:0/'}|target.url|port from 1 to 65535",
        "'target':{'type':'http','url':'http://a:65536/'}|target.url|port from 1 to 65535",
        "'target':{'type':'http','url':'http://u:p@a/'}|target.url|use auth",
        "'target':{'type':'http','url':'http://a','method':'G T'}|target.method|HTTP method",
        "'target':{'type':'http','url':'http://a','method':'connect'}|target.method|CONNECT",
        "'target':{'type':'http','url':'http://a','headers':[]}|target.headers|an object",
        "'target':{'type':'http','url':'http://a','headers':{'A':1}}|target.headers.A|a string",
        "'target':{'type':'http','url':'http://a','headers':{'A B':'x'}}|target.headers.A B|header"
            + " name",
        "'target':{'type':'http','url':'http://a','headers':{'A':'x\\r"
            + "\\n"
            + "B: y'}}|target.headers.A|control",
        "'target':{'type':'http','url':'http://a','headers':{'A':'\\u20ac'}}|target.headers.A|can"
            + " carry",
        "'target':{'type':'http','url':'http://a','headers':{'Content-Length':'5'}}|target.headers.Content-Length|probe"
            + " itself",
        "'target':{'type':'http','url':'http://a','headers':{'A':'x','a':'y'}}|target.headers.a|given"
            + " twice",
        "'target':{'type':'http','url':'http://a','headers':{'Cookie':'***'}}|target.headers.Cookie|nothing"
            + " is",
        "'target':{'type':'http','url':'http://a','body':5}|target.body|must be a string",
        "'target':{'type':'http','url':'http://a','followRedirects':1}|target.followRedirects|true"
            + " or false",
        "'target':{'type':'http','url':'http://a','maxRedirects':6}|target.maxRedirects|from 0 to"
            + " 5",
        "'target':{'type':'http','url':'http://a','insecureTls':'no'}|target.insecureTls|true or"
            + " false",
        "'target':{'type':'http','url':'http://a','auth':'x'}|target.auth|an object",
        "'target':{'type':'http','url':'http://a','auth':{}}|target.auth|either",
        "'target':{'type':'http','url':'http://a','auth':{'bearer':''}}|target.auth.bearer|not be"
            + " empty",
        "'target':{'type':'http','url':'http://a','auth':{'bearer':'\\u20ac'}}|target.auth.bearer|can"
            + " carry",
        "'target':{'type':'http','url':'http://a','auth':{'bearer':'***'}}|target.auth.bearer|nothing"
            + " is",
        "'target':{'type':'http','url':'http://a','auth':{'basic':{'username':'u'}}}|target.auth.basic.password|is"
            + " required",
        "'target':{'type':'http','url':'http://a','auth':{'basic':{'username':'a:b','password':'p'}}}|target.auth.basic.username|colon",
        "'target':{'type':'http','url':'http://a','auth':{'basic':{'username':'u','password':'***'}}}|target.auth.basic.password|nothing"
            + " is",
        "'target':{'type':'http','url':'http://a','auth':{'bearer':'t','x':1}}|target.auth.x|not a"
            + " known field",
        "'target':{'type':'http','url':'http://a','host':'b'}|target.host|not a known field",
        "'target':{'type':'tcp','port':1}|target.host|is required",
        "'target':{'type':'tcp','host':'a/b','port':1}|target.host|host name or an address",
        "'target':{'type':'tcp','host':'a'}|target.port|is required",
        "'target':{'type':'tcp','host':'a','port':0}|target.port|from 1 to 65535",
        "'target':{'type':'tcp','host':'a','port':'80'}|target.port|whole number",
        "'target':{'type':'tcp','host':'a','port':1,'send':1}|target.send|a string",
        "'target':{'type':'tcp','host':'a','port':1,'expect':[]}|target.expect|a string",
        "'target':{'type':'tls','host':'a','port':1,'serverName':'b c'}|target.serverName|host"
            + " name",
        "'target':{'type':'sse','url':'x'}|target.url|http:// or https://",
        "'target':{'type':'heartbeat','grace':'2d'}|target.grace|from 1ms to 1d",
        "'target':{'type':'heartbeat','token':'aaaaaaaaaaaaaaaaaaaaaaaa'}|target.token|not a known"
            + " field",
        "'target':{'type':'heartbeat'},'failureThreshold':2|failureThreshold|from 1 to 1",
      })
  void a_fault_is_named_with_its_field(String change, String field, String message) {
    JsonObject valid = json("{'id':'x','name':'X'," + HTTP + "}");
    JsonObject changes = json("{" + change + "}");
    JsonObject start = change.contains("'!!!'") ? Json.object(valid).remove("id").build() : valid;
    JsonObject document = Json.object(start).addAll(Json.object(changes)).build();
    assertThat(errors(document))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo(field);
              assertThat(error.message()).contains(message);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "name,200",
    "group,100",
    "description,2000",
    "target.url,2000",
    "target.method,100",
    "target.body,100000"
  })
  void a_text_that_is_too_long_is_refused(String field, int most) {
    JsonValue value = Json.string("a".repeat(most + 1));
    JsonObject document = json("{'id':'x','name':'X'," + HTTP + "}");
    JsonObject target = document.getJsonObject("target");
    boolean within = field.startsWith("target.");
    JsonObject changed =
        within
            ? Json.object(document)
                .add("target", Json.object(target).add(field.substring(7), value))
                .build()
            : Json.object(document).add(field, value).build();
    assertThat(errors(changed))
        .singleElement()
        .isEqualTo(new FieldError(field, "must have at most " + most + " characters"));
  }

  @ParameterizedTest
  @CsvSource({"tags,50", "conditions,50", "degradedWhen,50", "dependsOn,50"})
  void a_list_that_is_too_long_is_refused(String field, int most) {
    List<String> items = Collections.nCopies(most + 1, "[STATUS] == 200");
    JsonObject document =
        Json.object(json("{'name':'X'," + HTTP + "}")).add(field, Json.strings(items)).build();
    assertThat(errors(document))
        .singleElement()
        .isEqualTo(new FieldError(field, "must have at most " + most + " items"));
  }

  @Test
  void all_faults_are_named_at_once() {
    assertThat(errors(json("{'name':5,'interval':1,'target':{'type':'tcp'},'x':1}")))
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("name", "interval", "target.host", "target.port", "x");
  }

  @Test
  void the_key_cannot_be_changed_and_need_not_be_given() {
    Monitor old = read("{'id':'x','name':'X'," + HTTP + "}");
    JsonObject renamed = json("{'name':'Other'," + HTTP + "}");
    assertThat(MonitorDocument.read(renamed, old).id()).isEqualTo("x");
    InvalidDocument thrown =
        catchThrowableOfType(
            InvalidDocument.class,
            () -> MonitorDocument.read(Json.object(renamed).add("id", "y").build(), old));
    assertThat(thrown.errors()).containsExactly(new FieldError("id", "cannot be changed"));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void what_was_stored_is_read_as_it_was(@ForAll("monitors") Monitor monitor) {
    JsonObject written = MonitorDocument.write(monitor, true);
    assertThat(MonitorDocument.stored(Json.parse(written.toString()).asJsonObject()))
        .isEqualTo(monitor);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void what_was_read_can_be_written_back(@ForAll("monitors") Monitor monitor) {
    ConfiguredMonitor kept =
        new ConfiguredMonitor(7, monitor, 3, false, Instant.EPOCH, Instant.EPOCH);
    JsonObject seen =
        ConfiguredMonitorDocument.write(kept).add("state", json("{'state':'UP'}")).build();
    JsonObject target = seen.getJsonObject("target");
    if (monitor.target() instanceof Target.Heartbeat) { // as an operator sees it
      target = Json.object(target).add("url", "https://s/api/heartbeats/x").build();
    }
    JsonObject sent = Json.object(seen).add("target", target).build();
    assertThat(MonitorDocument.read(sent, monitor)).isEqualTo(monitor);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void secrets_are_shown_to_nobody(@ForAll("monitors") Monitor monitor) {
    assertThat(MonitorDocument.write(monitor, false).toString() + monitor)
        .doesNotContain(Monitors.SECRET);
  }

  @Provide
  Arbitrary<Monitor> monitors() {
    return Monitors.any();
  }
}
