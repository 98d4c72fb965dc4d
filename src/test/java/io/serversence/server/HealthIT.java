package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What load balancers and the like are told. */
@ExtendWith(RunningServer.class)
class HealthIT {
  private final Server server;

  HealthIT(Server server) {
    this.server = server;
  }

  @Test
  void each_check_has_name_status_and_detail_and_a_ready_server_has_all_up() {
    for (String path : new String[] {"/health/live", "/health/ready"}) {
      Answer answer = server.anyone().get(path);

      assertThat(answer.header("Content-Type")).as(path).startsWith("application/json");
      JsonObject health = answer.json();
      assertThat(health).containsOnlyKeys("status", "checks");
      assertThat(health.getJsonArray("checks").getValuesAs(JsonObject.class))
          .isNotEmpty()
          .allSatisfy(
              check -> {
                assertThat(check).containsOnlyKeys("name", "status", "detail");
                assertThat(check.getString("name")).isNotBlank();
                assertThat(check.getString("status")).isEqualTo("UP");
                assertThat(check.getString("detail")).isNotNull();
              });
    }
  }

  @Test
  void only_what_a_restart_would_mend_counts_for_liveness() {
    JsonObject live = server.anyone().get("/health/live").json();
    JsonObject ready = server.anyone().get("/health/ready").json();

    assertThat(live.getJsonArray("checks")).hasSizeLessThan(ready.getJsonArray("checks").size());
    assertThat(live.getJsonArray("checks").getValuesAs(JsonObject.class))
        .noneMatch(check -> check.getString("name").equals("database"));
  }

  @Test
  void a_head_request_is_answered_as_well() {
    Answer answer = server.anyone().bare("HEAD", "/health/ready");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }
}
