package io.serversence.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.serversence.document.HealthCheck;
import io.serversence.document.Json;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Sample;
import io.serversence.probe.ProbeDesk;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs inside the server, beside the application's own beans. */
@ArquillianTest
class InContainerIT {
  @Inject Catalogue catalogue;
  @Inject ProbeDesk desk;
  @Inject Instance<HealthCheck> checks;

  @Deployment
  static WebArchive war() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("war")))
        .addClasses(InContainerIT.class, Await.class);
  }

  @BeforeEach
  void awaitReady() {
    Await.until("the node is active", Duration.ofMinutes(1), () -> down().isEmpty());
  }

  @Test
  void the_container_wires_the_parts_together() {
    List<String> names = checks.stream().map(HealthCheck::name).toList();

    assertTrue(names.contains("database"), names.toString());
    assertEquals(List.of(), down());
  }

  private List<String> down() {
    return checks.stream()
        .filter(check -> !check.check().up())
        .map(check -> check.name() + ": " + check.check().detail())
        .toList();
  }

  @Test
  void a_monitor_that_a_bean_creates_is_probed_by_the_clockwork() throws Exception {
    catalogue.create(
        MonitorDocument.read(
            Json.object()
                .add("id", "inside")
                .add("name", "Inside")
                .add(
                    "target",
                    Json.object().add("type", "tcp").add("host", "127.0.0.1").add("port", 1))
                .build(),
            null),
        "test");

    Sample sample =
        desk.probeNow("inside").toCompletableFuture().get(20, TimeUnit.SECONDS).sample();

    assertEquals(Outcome.DOWN, sample.outcome());
    catalogue.delete("inside", null, "test");
    assertTrue(catalogue.find("inside").isEmpty());
  }
}
