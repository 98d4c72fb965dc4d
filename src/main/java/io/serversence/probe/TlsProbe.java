package io.serversence.probe;

import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shakes hands, which shows the server's certificate and whether it is good, and leaves. */
final class TlsProbe extends Probe {
  private final Target.Tls target;

  TlsProbe(Lane lane, Monitor monitor, Target.Tls target, boolean evidenceAlways) {
    super(lane, monitor, evidenceAlways);
    this.target = target;
  }

  @Override
  void look() {
    String name = target.serverName() == null ? target.host() : target.serverName();
    dial(new Endpoint(target.host(), target.port(), Tls.Mode.VERIFIED, name, false));
  }

  @Override
  void converse(Connection with) {
    finish(null);
  }

  @Override
  public void firstByte() {}

  @Override
  void hear(Object message) {}

  @Override
  void lost(@Nullable Throwable cause) {
    finish(Words.of(cause, stage()));
  }

  @Override
  Evidence evidence(List<String> addresses, Evidence.@Nullable Certificate certificate) {
    return new Evidence(null, Map.of(), null, Map.of(), null, addresses, certificate);
  }
}
