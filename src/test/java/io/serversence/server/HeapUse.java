package io.serversence.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** How much of its heap a server really uses. */
final class HeapUse {
  private HeapUse() {}

  /** In bytes, once what is of no use is collected. */
  static long afterCollection(Server server) throws IOException {
    ask(server, "GC.run");
    return (long) Metrics.of(server, "jvm_memory_used_bytes{area=\"heap\"}");
  }

  /** The bytes of each class's instances, as {@code jcmd} shows them. */
  static String histogram(Server server) throws IOException {
    return ask(server, "GC.class_histogram");
  }

  private static String ask(Server server, String command) throws IOException {
    return Commands.output(
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(server.pid()),
            command),
        Duration.ofSeconds(60));
  }
}
