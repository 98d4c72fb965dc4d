package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.access.SecretBox;
import io.serversence.access.SecretKey;
import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.document.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The secrets of channels are sealed in the database and nowhere else. */
@ParameterizedClass
@EnumSource
class ChannelStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final List<String> SECRETIVE =
      List.of(
          "'type':'webhook','url':'https://h.example/open','secret':'canary-1',"
              + "'headers':{'Authorization':'canary-2','Accept':'plain/header'}",
          "'type':'email','to':['a@b.example'],"
              + "'smtp':{'host':'mail.example','username':'u','password':'canary-3'}",
          "'type':'slack','url':'https://hooks.example/canary-4'",
          "'type':'teams','url':'https://hooks.example/canary-5'",
          "'type':'discord','url':'https://hooks.example/canary-6'",
          "'type':'telegram','token':'123:canary-789012','chatId':'1'",
          "'type':'pagerduty','routingKey':'canary-8'",
          "'type':'opsgenie','apiKey':'canary-9'",
          "'type':'ntfy','url':'https://n.example/topic','token':'canary-10'",
          "'type':'apprise','url':'https://apprise.example/open'");

  @Parameter Backend backend;

  private Database database;

  @BeforeEach
  void open() {
    database = backend.cleared();
  }

  private ChannelStore store(SecretBox box) {
    return new ChannelStore(
        database,
        box,
        (channel, message) -> CompletableFuture.completedFuture(Delivery.failed("not sent")),
        ChannelUse.NONE,
        () -> NOW);
  }

  private static Channel channel(int i) {
    String text = "{'name':'Channel " + i + "'," + SECRETIVE.get(i) + "}";
    JsonObject document =
        Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    return ChannelDocument.read(document, null);
  }

  private void createAll(ChannelStore store) {
    for (int i = 0; i < SECRETIVE.size(); i++) {
      store.create(channel(i));
    }
  }

  private String atRest() {
    List<?> documents =
        database.read(
            em -> em.createNativeQuery("select document from kept_document").getResultList());
    return documents.toString();
  }

  private static void assertReadable(ChannelStore store) {
    store.load();
    assertThat(store.all()).hasSize(SECRETIVE.size());
    for (int i = 0; i < SECRETIVE.size(); i++) {
      assertThat(store.find("channel-" + i).orElseThrow().value()).isEqualTo(channel(i));
      assertThat(store.find("channel-" + i).orElseThrow().revision()).isEqualTo(1);
    }
  }

  @Test
  void secrets_are_sealed_at_rest_and_nothing_else_is() {
    SecretBox box = SecretBox.of(List.of(SecretKey.random()));
    createAll(store(box));
    assertThat(atRest())
        .doesNotContain("canary")
        .contains("sealed:1:", "plain/header", "h.example/open", "n.example/topic", "\"u\"");
    assertReadable(store(box));
    assertThat(store(box).reseal()).isZero();
  }

  @Test
  void what_an_older_version_left_open_is_read_and_sealed_at_the_next_start() {
    createAll(store(SecretBox.PLAIN));
    assertThat(atRest()).contains("canary-1", "canary-10");
    SecretBox box = SecretBox.of(List.of(SecretKey.random()));
    assertReadable(store(box));

    assertThat(store(box).reseal()).isEqualTo(SECRETIVE.size() - 1); // apprise has none

    assertThat(atRest()).doesNotContain("canary");
    assertReadable(store(box));
    assertThat(store(box).reseal()).isZero();
  }

  @Test
  void a_lost_key_costs_the_channels_and_not_the_start_and_all_is_well_once_it_is_back() {
    SecretBox lost = SecretBox.of(List.of(SecretKey.random()));
    createAll(store(lost));
    ChannelStore without = store(SecretBox.of(List.of(SecretKey.random())));

    assertThat(without.reseal()).isZero();
    without.load();

    assertThat(without.all()).hasSize(SECRETIVE.size());
    assertReadable(store(lost));
  }
}
