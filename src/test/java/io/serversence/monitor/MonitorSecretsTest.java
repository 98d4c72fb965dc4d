package io.serversence.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.document.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorSecretsTest {
  private static JsonObject json(String text) {
    return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'target':{'auth':{'bearer':'a'}}} | {'target':{'auth':{'bearer':'[a]'}}}",
        "{'target':{'auth':{'basic':{'username':'u','password':'a'}}}}"
            + " | {'target':{'auth':{'basic':{'username':'u','password':'[a]'}}}}",
        "{'target':{'headers':{'Cookie':'a','Accept':'b'}}}"
            + " | {'target':{'headers':{'Cookie':'[a]','Accept':'b'}}}",
        "{'target':{'type':'heartbeat','token':'a'}} | {'target':{'type':'heartbeat','token':'[a]'}}",
        "{'name':'token','target':{'url':'b','auth':null}}"
            + " | {'name':'token','target':{'url':'b','auth':null}}",
        "{'name':'none'} | {'name':'none'}"
      })
  void secrets_are_replaced_and_nothing_else(String before, String after) {
    assertThat(MonitorSecrets.replaced(json(before), secret -> "[" + secret + "]"))
        .isEqualTo(json(after));
  }
}
