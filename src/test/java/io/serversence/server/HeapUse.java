package io.serversence.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** How much of its heap a server really uses. */
final class HeapUse {
  private HeapUse() {}

  /** In bytes, once what is of no use is collected. */
  static long afterCollection(Server server) throws IOException {
    Commands.output(
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(server.pid()),
            "GC.run"),
        Duration.ofSeconds(60));
    return (long) Metrics.of(server, "jvm_memory_used_bytes{area=\"heap\"}");
  }
}
