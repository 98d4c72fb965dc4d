package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.serversence.document.Json;
import io.serversence.probe.Prober;
import io.serversence.probe.ProberSettings;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each service receives, held against the rules that its vendor documents. */
class SendersTest {
  private record Got(String path, Map<String, List<String>> headers, String body) {
    JsonObject json() {
      return Json.parseObject(body.getBytes(StandardCharsets.UTF_8));
    }

    String header(String name) {
      return headers.get(name).get(0);
    }
  }

  private final List<Got> got = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Prober prober;
  private Senders senders;
  private URI base;
  private volatile int status = 200;
  private volatile String answer = "ok";
  private volatile String retryAfter = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          got.add(new Got(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
          if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
          }
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    prober = new Prober(Thread::new, ProberSettings.DEFAULT);
    Mailer mailer = new Mailer(Runnable::run, ProberSettings.DEFAULT.egress(), prober::at);
    senders =
        new Senders(prober::post, mailer, () -> Messages.NOW, new Vendors(base, base, base, base));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    prober.close();
  }

  private Delivery send(ChannelSettings settings, Message message) throws Exception {
    Channel channel = new Channel("c", "C", true, false, settings, null);
    return senders.send(channel, message).toCompletableFuture().get(15, TimeUnit.SECONDS);
  }

  private URI at(String path) {
    return base.resolve(path);
  }

  @Test
  void a_webhook_gets_all_incidents_signed_and_with_its_key() throws Exception {
    Message message = Messages.of(AlertEvent.OPENED, 1_000);
    var settings = new ChannelSettings.Webhook(at("/hook?x=1"), "s3cret", Map.of("X-Own", "yes"));
    assertThat(send(settings, message).ok()).isTrue();
    Got one = got.get(0);
    assertThat(one.path()).isEqualTo("/hook?x=1");
    assertThat(one.header("Idempotency-key")).isEqualTo("key-1");
    assertThat(one.header("Content-type")).isEqualTo("application/json");
    assertThat(one.header("X-own")).isEqualTo("yes");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String hex =
        java.util.HexFormat.of()
            .formatHex(mac.doFinal(one.body().getBytes(StandardCharsets.UTF_8)));
    assertThat(one.header("X-serversence-signature")).isEqualTo("sha256=" + hex);
    assertThat(one.json().getJsonArray("incidents")).hasSize(1_000);
    assertThat(one.json().getString("event")).isEqualTo("opened");
    assertThat(MessageDocument.write(MessageDocument.read(one.json()))).isEqualTo(one.json());
  }

  @Test
  void slack_gets_a_text_with_its_three_characters_escaped() throws Exception {
    Message message = Messages.of(AlertEvent.OPENED, 1, Messages.NASTY, Messages.NASTY);
    send(new ChannelSettings.Slack(at("/services/T/B/x")), message);
    String text = got.get(0).json().getString("text");
    assertThat(text).contains("&lt;b&gt;&amp;").doesNotContain("<b>").contains("5 min 30 s");
    assertThat(text).contains("<https://s.example/i?a=1&amp;b=2|");
    send(new ChannelSettings.Slack(at("/x")), Messages.of(AlertEvent.OPENED, 900));
    String many = got.get(1).json().getString("text");
    assertThat(many.length()).isLessThanOrEqualTo(4_000);
    assertThat(many).contains("900 monitors").contains("and 880 more");
  }

  @Test
  void teams_gets_an_adaptive_card_below_its_size() throws Exception {
    send(
        new ChannelSettings.Teams(at("/w")),
        Messages.of(AlertEvent.OPENED, 500, Messages.NASTY.repeat(9), Messages.NASTY.repeat(9)));
    JsonObject body = got.get(0).json();
    assertThat(got.get(0).body().getBytes(StandardCharsets.UTF_8).length).isLessThan(28 * 1024);
    assertThat(body.getString("type")).isEqualTo("message");
    JsonObject attachment = body.getJsonArray("attachments").getJsonObject(0);
    assertThat(attachment.getString("contentType"))
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonObject card = attachment.getJsonObject("content");
    assertThat(card.getString("type")).isEqualTo("AdaptiveCard");
    assertThat(card.getJsonArray("body")).isNotEmpty();
    assertThat(card.getJsonArray("actions").getJsonObject(0).getString("type"))
        .isEqualTo("Action.OpenUrl");
  }

  @Test
  void discord_gets_at_most_2000_characters_and_mentions_nobody() throws Exception {
    send(
        new ChannelSettings.Discord(at("/api/webhooks/1/t")),
        Messages.of(AlertEvent.OPENED, 300, Messages.NASTY, Messages.NASTY.repeat(4)));
    JsonObject body = got.get(0).json();
    assertThat(body.getString("content").length()).isBetween(100, 2_000);
    assertThat(body.getString("content")).doesNotContain("](http://evil)").contains(" more");
    assertThat(body.getJsonObject("allowed_mentions").getJsonArray("parse")).isEmpty();
  }

  @Test
  void telegram_gets_html_of_at_most_4096_characters() throws Exception {
    send(
        new ChannelSettings.Telegram("123:abcdefghijk", "-100"),
        Messages.of(AlertEvent.REMINDER, 300, Messages.NASTY, Messages.NASTY.repeat(4)));
    assertThat(got.get(0).path()).isEqualTo("/bot123:abcdefghijk/sendMessage");
    JsonObject body = got.get(0).json();
    assertThat(body.getString("chat_id")).isEqualTo("-100");
    assertThat(body.getString("parse_mode")).isEqualTo("HTML");
    String text = body.getString("text");
    assertThat(text.length()).isLessThanOrEqualTo(4_096);
    assertThat(text.replaceAll("</?b>|<a href=\"[^\"<>]*\">|</a>", ""))
        .doesNotContainPattern("[<>]");
  }

  @Test
  void pagerduty_gets_an_event_for_each_incident_under_its_key() throws Exception {
    var settings = new ChannelSettings.PagerDuty("R0UT1NG");
    send(settings, Messages.of(AlertEvent.OPENED, 2, "Shop", "x".repeat(5_000)));
    assertThat(got).hasSize(2);
    JsonObject event = got.get(0).json();
    assertThat(got.get(0).path()).isEqualTo("/v2/enqueue");
    assertThat(event.getString("routing_key")).isEqualTo("R0UT1NG");
    assertThat(event.getString("event_action")).isEqualTo("trigger");
    JsonObject payload = event.getJsonObject("payload");
    assertThat(payload.getString("summary").length()).isLessThanOrEqualTo(1_024);
    assertThat(payload.getString("source")).isEqualTo("shop-0");
    assertThat(payload.getString("severity")).isIn("critical", "error", "warning", "info");
    send(settings, Messages.of(AlertEvent.RESOLVED, 1));
    JsonObject resolved = got.get(2).json();
    assertThat(resolved.getString("event_action")).isEqualTo("resolve");
    assertThat(resolved.getString("dedup_key")).isEqualTo(event.getString("dedup_key"));
    send(settings, Messages.of(AlertEvent.ACKNOWLEDGED, 1));
    assertThat(got.get(3).json().getString("event_action")).isEqualTo("acknowledge");
  }

  @Test
  void opsgenie_gets_an_alert_under_its_alias_and_its_end() throws Exception {
    var settings = new ChannelSettings.Opsgenie("K3Y", ChannelSettings.Opsgenie.Region.EU);
    send(settings, Messages.of(AlertEvent.OPENED, 1, "n".repeat(200), "down"));
    assertThat(got.get(0).path()).isEqualTo("/v2/alerts");
    assertThat(got.get(0).header("Authorization")).isEqualTo("GenieKey K3Y");
    JsonObject alert = got.get(0).json();
    assertThat(alert.getString("message").length()).isLessThanOrEqualTo(130);
    assertThat(alert.getString("alias").length()).isLessThanOrEqualTo(512);
    assertThat(alert.getString("priority")).matches("P[1-5]");
    send(settings, Messages.of(AlertEvent.RESOLVED, 1));
    assertThat(got.get(1).path())
        .isEqualTo("/v2/alerts/" + alert.getString("alias") + "/close?identifierType=alias");
  }

  @Test
  void ntfy_gets_json_at_its_root_with_the_topic() throws Exception {
    send(
        new ChannelSettings.Ntfy(at("/sub/alerts"), "tk_1"),
        Messages.of(AlertEvent.OPENED, 300, Messages.NASTY, "ü".repeat(200)));
    assertThat(got.get(0).path()).isEqualTo("/sub/");
    assertThat(got.get(0).header("Authorization")).isEqualTo("Bearer tk_1");
    JsonObject body = got.get(0).json();
    assertThat(body.getString("topic")).isEqualTo("alerts");
    assertThat(body.getString("message").getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(4_096);
    assertThat(body.getInt("priority")).isBetween(1, 5);
    assertThat(body.getString("click")).startsWith("https://s.example/");
  }

  @Test
  void apprise_gets_title_body_type_and_tags() throws Exception {
    send(
        new ChannelSettings.Apprise(at("/notify/key"), List.of("a", "b")),
        Messages.of(AlertEvent.RESOLVED, 1));
    JsonObject body = got.get(0).json();
    assertThat(body.getString("title")).isEqualTo("UP: Shop 0");
    assertThat(body.getString("type")).isIn("info", "success", "warning", "failure");
    assertThat(body.getString("tag")).isEqualTo("a,b");
    assertThat(body.get("body").getValueType()).isEqualTo(JsonValue.ValueType.STRING);
  }

  @Test
  void a_refusal_says_why_without_the_secret_and_when_to_come_again() throws Exception {
    status = 429;
    answer = "bot 123:abcdefghijk is too fast";
    retryAfter = "7";
    var settings = new ChannelSettings.Telegram("123:abcdefghijk", "-100");
    Delivery refused = send(settings, Messages.of(AlertEvent.OPENED, 1));
    assertThat(refused.ok()).isFalse();
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.message()).contains("too fast").doesNotContain("abcdefghijk");
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    retryAfter = "";
    answer = "{\"ok\":false,\"parameters\":{\"retry_after\":31}}";
    assertThat(send(settings, Messages.of(AlertEvent.OPENED, 1)).retryAfter())
        .isEqualTo(Duration.ofSeconds(31));
  }

  @Test
  void a_refusal_that_repeats_the_address_does_not_show_it() throws Exception {
    status = 404;
    answer = "there is no /hook-canary here, token=canary-query was given";
    Message message = Messages.of(AlertEvent.OPENED, 1);
    for (ChannelSettings settings :
        List.of(
            new ChannelSettings.Webhook(at("/hook-canary?token=canary-query"), null, Map.of()),
            new ChannelSettings.Ntfy(at("/hook-canary?token=canary-query"), null),
            new ChannelSettings.Apprise(at("/hook-canary?token=canary-query"), List.of()))) {
      assertThat(send(settings, message).message())
          .isEqualTo("HTTP 404: there is no *** here, *** was given");
    }
  }

  @Test
  void nobody_there_and_a_forbidden_address_are_said_in_words() throws Exception {
    server.stop(0);
    Delivery nobody = send(new ChannelSettings.Slack(at("/x")), Messages.of(AlertEvent.TEST, 0));
    assertThat(nobody.ok()).isFalse();
    assertThat(nobody.status()).isNull();
    assertThat(nobody.message()).contains("refused");
    Delivery forbidden =
        send(
            new ChannelSettings.Slack(URI.create("http://169.254.169.254/x")),
            Messages.of(AlertEvent.TEST, 0));
    assertThat(forbidden.message()).contains("not allowed");
  }
}
