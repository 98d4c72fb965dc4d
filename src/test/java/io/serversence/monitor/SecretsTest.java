package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serversence.document.FieldError;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are write-only: shown as ***, kept where *** is written. */
class SecretsTest {
  private static JsonObject monitor(String target) {
    String json = "{'id':'x','name':'X','target':" + target + "}";
    return Json.parse(json.replace('\'', '"')).asJsonObject();
  }

  private static Monitor read(String target) {
    return MonitorDocument.read(monitor(target), null);
  }

  private static Target replaced(Monitor old, String target) {
    return MonitorDocument.read(monitor(target), old).target();
  }

  private static String fault(Monitor old, String target) {
    InvalidDocument thrown =
        catchThrowableOfType(InvalidDocument.class, () -> replaced(old, target));
    return thrown.errors().stream().map(FieldError::field).reduce("", String::concat);
  }

  @Test
  void three_stars_keep_a_password_and_a_bearer_token() {
    Monitor basic = read(http("'auth':{'basic':{'username':'u','password':'p'}}"));
    assertThat(
            ((Target.Http)
                    replaced(basic, http("'auth':{'basic':{'username':'v','password':'***'}}")))
                .auth())
        .isEqualTo(new Auth.Basic("v", "p"));
    assertThat(fault(basic, http("'auth':{'bearer':'***'}"))).isEqualTo("target.auth.bearer");
    assertThat(((Target.Http) replaced(basic, http("'auth':null"))).auth()).isNull();

    Monitor bearer = read(http("'auth':{'bearer':'t'}"));
    assertThat(((Target.Http) replaced(bearer, http("'auth':{'bearer':'***'}"))).auth())
        .isEqualTo(new Auth.Bearer("t"));
    assertThat(((Target.Http) replaced(bearer, http("'auth':{'bearer':'u'}"))).auth())
        .isEqualTo(new Auth.Bearer("u"));
    assertThat(
            fault(
                bearer,
                "{'type':'http','url':'http://a','auth':{'basic':{'username':'u','password':'***'}}}"))
        .isEqualTo("target.auth.basic.password");
  }

  @Test
  void three_stars_keep_a_secret_header_in_whatever_case_it_is_written() {
    Monitor old = read(http("'headers':{'Authorization':'a','X-Trace':'b'}"));
    Target kept = replaced(old, http("'headers':{'authorization':'***','X-Trace':'***'}"));
    assertThat(((Target.Http) kept).headers())
        .containsEntry("authorization", "a")
        .containsEntry("X-Trace", "***") // no secret, so it is what it says
        .hasSize(2);
    assertThat(fault(old, http("'headers':{'Cookie':'***'}"))).isEqualTo("target.headers.Cookie");
  }

  @Test
  void three_stars_keep_a_header_of_an_event_stream() {
    Monitor old = read("{'type':'sse','url':'http://a','headers':{'Cookie':'c'}}");
    Target kept = replaced(old, "{'type':'sse','url':'http://b','headers':{'Cookie':'***'}}");
    assertThat(((Target.Sse) kept).headers()).containsEntry("Cookie", "c");
  }

  @Test
  void secrets_are_not_kept_for_a_target_of_another_type() {
    Monitor old = read(http("'headers':{'Cookie':'c'}"));
    assertThat(fault(old, "{'type':'sse','url':'http://a','headers':{'Cookie':'***'}}"))
        .isEqualTo("target.headers.Cookie");
  }

  @Test
  void the_token_of_a_heartbeat_stays_and_cannot_be_chosen() {
    Monitor old = read("{'type':'heartbeat'}");
    String token = ((Target.Heartbeat) old.target()).token();
    Target kept = replaced(old, "{'type':'heartbeat','grace':'1h','url':'https://x/y'}");
    assertThat(((Target.Heartbeat) kept).token()).isEqualTo(token);
    assertThat(fault(old, "{'type':'heartbeat','token':'" + token + "'}"))
        .isEqualTo("target.token");
    assertThat(MonitorDocument.write(old, false).toString()).doesNotContain(token);
    assertThat(MonitorDocument.stored(MonitorDocument.write(old, true))).isEqualTo(old);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization", "PROXY-AUTHORIZATION", "cookie", "X-Api-Key", "apikey", "X-Auth-Token",
        "Private-Token", "X-Vault-Token", "X-Amz-Security-Token", "X-Session-Id", "Key",
            "X-Signature"
      })
  void a_header_of_such_a_name_is_a_secret(String name) {
    assertThat(SecretHeaders.contains(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Host",
        "User-Agent",
        "Content-Type",
        "X-Trace",
        "Via",
        "X-Monkey",
        "Author"
      })
  void other_headers_are_shown(String name) {
    assertThat(SecretHeaders.contains(name)).isFalse();
  }

  private static String http(String field) {
    return "{'type':'http','url':'http://a'," + field + "}";
  }
}
