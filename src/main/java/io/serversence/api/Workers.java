package io.serversence.api;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** The container's threads, for what must not be done on an event loop. */
@ApplicationScoped
public class Workers {
  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  @SuppressWarnings("NullAway.Init") // the container sets it
  ExecutorService threads;

  public Executor executor() {
    return threads;
  }
}
