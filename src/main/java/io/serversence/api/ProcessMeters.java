package io.serversence.api;

import io.serversence.document.MeterSource;
import io.serversence.document.MeterWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What the process takes, under the names that Prometheus's own clients use. */
@ApplicationScoped
public class ProcessMeters implements MeterSource {
  @Override
  public void write(MeterWriter writer) {
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    writer.counter(
        "process_cpu_seconds_total", "CPU time of the whole server.", cpu.toNanos() / 1e9);
    Runtime runtime = Runtime.getRuntime();
    writer.gauge(
        "jvm_memory_used_bytes",
        "Memory of the whole server's heap in use.",
        (double) (runtime.totalMemory() - runtime.freeMemory()),
        "area",
        "heap");
    writer.gauge(
        "jvm_memory_max_bytes",
        "The most that the whole server's heap may grow to.",
        (double) runtime.maxMemory(),
        "area",
        "heap");
    writer.gauge(
        "jvm_threads_current",
        "Threads of the whole server.",
        ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
