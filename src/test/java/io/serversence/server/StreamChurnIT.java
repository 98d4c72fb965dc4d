package io.serversence.server;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers that are cut off again and again, and lose nothing. */
@ExtendWith(RunningServer.class)
class StreamChurnIT {
  private final Server server;

  StreamChurnIT(Server server) {
    this.server = server;
  }

  @Test
  void readers_that_are_cut_off_and_change_the_transport_lose_and_repeat_nothing()
      throws IOException {
    StreamChurn churn = new StreamChurn(server, 40, 20, 50, Duration.ofSeconds(20));
    churn.run();
    churn.assertNothingLost();
    churn.assertAllFreed();
  }
}
