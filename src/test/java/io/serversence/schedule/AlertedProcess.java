package io.serversence.schedule;

import io.serversence.access.Caller;
import io.serversence.access.Gate;
import io.serversence.access.SecretBox;
import io.serversence.access.Vouched;
import io.serversence.alert.ChannelDocument;
import io.serversence.alert.FlappingLimits;
import io.serversence.alert.RouteDocument;
import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.database.Fence;
import io.serversence.document.Json;
import io.serversence.history.NotificationStore;
import io.serversence.history.RetentionTimes;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Target;
import io.serversence.plan.Declaration;
import io.serversence.probe.EgressPolicy;
import io.serversence.probe.ProbeDesk.Beat;
import io.serversence.stream.LiveStream;
import io.serversence.stream.StreamSettings;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own that runs an active node without a server: {@link #MONITORS} heartbeats,
 * each told to a webhook of its own, of which ten a second change between up and down. Ends when it
 * is killed or, once told to, with all of them up and all of it told.
 */
final class AlertedProcess {
  static final int MONITORS = 20;

  private static final long STEP = Duration.ofMillis(100).toNanos();

  /** Beats of the same kind in a row, lest a monitor flaps. */
  private static final int BEATS = 3;

  private final NotificationStore notifications;
  private final LiveStream stream;
  private final ActiveNode node;
  private long steps = new SecureRandom().nextInt(MONITORS); // the first to change is another

  private AlertedProcess(Path folder) {
    Database database = Backend.H2_ECLIPSELINK.create(Backend.h2(folder));
    database.open(Backend.threads());
    notifications = new NotificationStore(database);
    stream = new LiveStream(StreamSettings.DEFAULT, new NoGate());
    node =
        new ActiveNode(
            Clock.system(),
            database,
            Fence.NONE,
            stream,
            Threads.of(Backend.threads()),
            folder,
            List.of(),
            EgressPolicy.OPEN,
            SecretBox.PLAIN,
            RetentionTimes.DEFAULT,
            FlappingLimits.DEFAULT,
            Declaration.NONE,
            "");
  }

  /** Takes the data folder and the address before the names of channels. */
  public static void main(String[] arguments) throws IOException {
    AlertedProcess process = new AlertedProcess(Path.of(arguments[0]));
    process.prepare(arguments[1]);
    System.out.println("ready");
    while (System.in.available() == 0) {
      process.change();
      process.step();
    }
    process.finish();
    System.out.println("finished");
    System.exit(0); // threads of the pool may be left
  }

  /** Adds what is not there yet. */
  private void prepare(String url) {
    for (int i = 0; i < MONITORS; i++) {
      String id = "m" + i;
      String named = "{'id':'" + id + "','name':'" + id + "',";
      if (node.channels().find(id).isEmpty()) {
        JsonObject channel = json(named + "'type':'webhook','url':'" + url + id + "'}");
        node.channels().create(ChannelDocument.read(channel, null));
      }
      if (node.routes().find(id).isEmpty()) {
        String match = "'match':{'monitor':['" + id + "']},'channels':['" + id + "']";
        JsonObject route = json(named + match + ",'groupWait':'0s'}");
        node.routes().create(RouteDocument.read(route, null, key -> true));
      }
      if (node.catalogue().find(id).isEmpty()) {
        JsonObject monitor = json(named + "'target':{'type':'heartbeat','grace':'1h'}}");
        node.catalogue().create(MonitorDocument.read(monitor, null), "bench");
      }
    }
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private void step() {
    node.tick();
    if (++steps % 10 == 0) {
      node.upkeep();
    }
    LockSupport.parkNanos(STEP);
  }

  private void change() {
    String id = "m" + steps % MONITORS;
    beat(id, isDown(id) ? Beat.DONE : Beat.FAIL);
  }

  private boolean isDown(String id) {
    return stream.find(id).orElseThrow().state() == MonitorState.DOWN;
  }

  private void beat(String id, Beat beat) {
    ConfiguredMonitor monitor = node.catalogue().find(id).orElseThrow();
    String token = ((Target.Heartbeat) monitor.monitor().target()).token();
    for (int i = 0; i < BEATS; i++) {
      node.probes().beat(token, beat, "");
    }
  }

  private void finish() {
    for (int i = 0; i < MONITORS; i++) {
      beat("m" + i, Beat.DONE);
    }
    while (anyDown() || node.recorder().waiting() > 0 || !notifications.unfinished(1).isEmpty()) {
      step();
    }
    node.stop();
  }

  private boolean anyDown() {
    for (int i = 0; i < MONITORS; i++) {
      if (isDown("m" + i)) {
        return true;
      }
    }
    return false;
  }

  private static final class NoGate implements Gate {
    @Override
    public Caller identify(
        @Nullable String authorization,
        @Nullable String cookies,
        String address,
        @Nullable Vouched vouched) {
      return new Caller(null, null, false);
    }

    @Override
    public boolean stillValid(Caller caller) {
      return false;
    }
  }
}
