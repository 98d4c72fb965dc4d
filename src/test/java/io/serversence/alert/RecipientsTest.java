package io.serversence.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.document.Json;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who would be told. */
class RecipientsTest {
  private static final Instant SUNDAY_MORNING = Instant.parse("2026-11-22T10:00:00Z");
  private static final List<Channel> CHANNELS =
      List.of(channel("a", true), channel("b", false), channel("c", false));

  private static JsonObject json(String text) {
    return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static Channel channel(String id, boolean byDefault) {
    URI url = URI.create("https://n.example/" + id);
    return new Channel(id, id, true, byDefault, new ChannelSettings.Ntfy(url, null), null);
  }

  private static Route route(String id, String more) {
    return RouteDocument.read(
        json("{'id':'%s','name':'%s'%s}".formatted(id, id, more)), null, key -> true);
  }

  private static List<String> told(List<Route> routes, @Nullable Route draft) {
    Monitor web =
        MonitorDocument.read(
            json("{'id':'web','name':'Web','target':{'type':'tcp','host':'h','port':1}}"), null);
    return Recipients.of(web, routes, draft, CHANNELS, SUNDAY_MORNING)
        .getJsonArray("channels")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(
            one ->
                one.getString("channel")
                    + " by "
                    + one.getString("route", "default")
                    + (one.getBoolean("quiet") ? ", quiet" : "")
                    + (one.isNull("after") ? "" : " after " + one.getString("after")))
        .toList();
  }

  @Test
  void without_a_route_the_default_channels_are_told() {
    assertThat(told(List.of(), null)).containsExactly("a by default");
  }

  @Test
  void routes_are_tried_by_their_order_and_the_steps_come_last() {
    Route late = route("late", ",'order':5,'channels':['c']");
    Route first =
        route(
            "soon",
            ",'channels':['b'],'continue':true,"
                + "'escalation':[{'after':'15m','channels':['a']}]");
    assertThat(told(List.of(late, first), null))
        .containsExactly("b by soon", "c by late", "a by soon after 15m");
  }

  @Test
  void a_draft_is_tried_in_place_of_the_route_of_its_key() {
    Route stored = route("r", ",'channels':['b']");
    assertThat(told(List.of(stored), route("r", ",'channels':['c']"))).containsExactly("c by r");
    assertThat(told(List.of(stored), route("r2", ",'order':-1,'channels':['c']")))
        .containsExactly("c by r2");
    assertThat(told(List.of(stored), route("r", ",'match':{'monitor':['db']},'channels':['c']")))
        .containsExactly("a by default");
  }

  @Test
  void quiet_hours_are_said() {
    Route quiet =
        route("r", ",'channels':['b'],'quietHours':{'from':'09:00','to':'11:00','timezone':'UTC'}");
    assertThat(told(List.of(quiet), null)).containsExactly("b by r, quiet");
  }
}
